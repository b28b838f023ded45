"""config: ``site_config.yml`` as frozen settings."""
