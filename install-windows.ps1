# Installs clusterpress on Windows for the current user, without administrator rights. Read it before you run it:
#
#   powershell -ExecutionPolicy Bypass -File install-windows.ps1
#
# It takes three steps: Python from Microsoft's package manager (winget), pipx from the Python Package Index, and
# clusterpress from its repository in the version below. git.example.org stands for the address of the repository: name
# yours after -Source, as below, or name a wheel file:
#
#   powershell -ExecutionPolicy Bypass -File install-windows.ps1 -Source .\clusterpress-0.1.0-py3-none-any.whl

param(
    [string] $Source = "git+https://git.example.org/clusterpress/clusterpress@v0.1.0"
)

$ErrorActionPreference = "Stop"

function Test-Program([string] $Name) {
    return [bool] (Get-Command $Name -ErrorAction SilentlyContinue)
}

function Update-Path {
    # What was installed a moment ago is in the stored path, and not yet in that of this window.
    $machine = [Environment]::GetEnvironmentVariable("Path", "Machine")
    $user = [Environment]::GetEnvironmentVariable("Path", "User")
    $env:Path = "$machine;$user"
}

function Invoke-Step([string] $Words, [scriptblock] $Step) {
    Write-Host "== $Words"
    & $Step
    if ($LASTEXITCODE -ne 0) {
        throw "This step failed: $Words. The lines above say why. Run the script again when it is mended."
    }
}

# 1. Python, and Git if the source is a repository.
if (-not (Test-Program "py")) {
    Invoke-Step "Install Python" {
        winget install --exact --id Python.Python.3.13 --scope user --accept-package-agreements --accept-source-agreements
    }
    Update-Path
}
if ($Source.StartsWith("git+") -and -not (Test-Program "git")) {
    Invoke-Step "Install Git" {
        winget install --exact --id Git.Git --scope user --accept-package-agreements --accept-source-agreements
    }
    Update-Path
}

# 2. pipx, which gives each program an environment of its own.
Invoke-Step "Install pipx" { py -m pip install --user --upgrade pipx }
Invoke-Step "Let Windows find programs of pipx" { py -m pipx ensurepath }

# 3. clusterpress.
Invoke-Step "Install clusterpress" { py -m pipx install --force $Source }
Update-Path
Invoke-Step "Look whether everything is there" { clusterpress doctor }

Write-Host ""
Write-Host "clusterpress is installed. Open a new terminal, and run: clusterpress new site press"
