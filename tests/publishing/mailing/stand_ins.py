"""Stand-ins for mailing services on this machine: they keep campaigns, and refuse what the real ones refuse.

Paths, headers and fields are those of the services' published descriptions: listmonk's docs/apis, Brevo's and
Mailchimp's OpenAPI files, Buttondown's API reference. A request that would send a campaign fails the test.
"""

import json
import re
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from jsonschema import validate

TEXT, NUMBER, YES_NO = {"type": "string", "minLength": 1}, {"type": "integer"}, {"type": "boolean"}
SENDING = re.compile(r"/status$|/actions/(?:send|schedule)|/sendNow|/test$|/sendTest|/send-draft|/publish")


def block(required, **optional):
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": [*required],
        "additionalProperties": False,
    }


LISTMONK = block(
    {
        "name": TEXT,
        "subject": TEXT,
        "lists": {"type": "array", "items": NUMBER, "minItems": 1},
        "type": {"enum": ["regular", "optin"]},
        "content_type": {"enum": ["richtext", "html", "markdown", "plain"]},
        "body": TEXT,
    },
    altbody=TEXT,
    from_email=TEXT,
    messenger={"const": "email"},
    template_id=NUMBER,
    tags={"type": "array", "items": TEXT},
    auto_track_links={"const": False},
)
BREVO = block(
    {"name": TEXT, "sender": block({"email": TEXT}, name=TEXT), "subject": TEXT, "htmlContent": TEXT},
    previewText=TEXT,
    replyTo=TEXT,
    recipients=block({"listIds": {"type": "array", "items": NUMBER, "minItems": 1}}),
    inlineImageActivation=YES_NO,
    mirrorActive=YES_NO,
)
MAILCHIMP_SETTINGS = block(
    {"subject_line": TEXT, "from_name": TEXT, "reply_to": TEXT},
    title=TEXT,
    preview_text=TEXT,
    auto_footer=YES_NO,
    inline_css=YES_NO,
)
TRACKING = block({}, opens=YES_NO, html_clicks=YES_NO, text_clicks=YES_NO)
MAILCHIMP = block(
    {"recipients": block({"list_id": TEXT}), "settings": MAILCHIMP_SETTINGS, "tracking": TRACKING}
)
BUTTONDOWN = block(
    {"subject": TEXT, "body": TEXT, "status": {"const": "draft"}},
    description=TEXT,
    metadata={"type": "object"},
)


class StandIn:
    """A service: its state, the requests it got, and the faults it was told to make."""

    service = ""
    key = ""
    schema: ClassVar = {}
    status = "draft"

    def __init__(self):
        self.campaigns, self.asked, self.faults, self.wrong = {}, [], [], []

    def fail(self, method, path, status, answer=None, *, times=1, **headers):
        """Answer the next requests to a path with a fault."""
        self.faults += [(method, path, status, answer, headers)] * times

    def answer(self, method, path, query, headers, body):
        self.asked.append((method, path))
        if SENDING.search(path):
            self.wrong.append(f"{method} {path} sends")
            return 500, {"message": "sending"}
        for fault in self.faults:
            if fault[0] == method and re.fullmatch(fault[1], path):
                self.faults.remove(fault)
                return fault[2], fault[3], fault[4]
        if not self.is_allowed(headers):
            return 401, {"message": "invalid key"}
        return self.route(method, path, query, body)

    def requests(self, method):
        return [path for verb, path in self.asked if verb == method]

    def checked(self, body, schema=None):
        validate(body, schema or self.schema)
        return body

    def keep(self, body, number=None):
        number = number or str(len(self.campaigns) + 7)
        kept = self.campaigns.setdefault(number, {"status": self.status})
        for key, value in body.items():
            kept[key] = {**kept.get(key, {}), **value} if isinstance(value, dict) else value
        return number


class Listmonk(StandIn):
    service, key, schema = "listmonk", "press:sesame", LISTMONK

    def __init__(self):
        super().__init__()
        self.templates = [
            {
                "id": 1,
                "type": "campaign",
                "body": '<p>{{ template "content" . }}{{ TrackView }}</p>',
                "is_default": True,
            }
        ]

    def is_allowed(self, headers):
        return headers.get("Authorization") == f"token {self.key}"

    def route(self, method, path, query, body):
        match method, path.removeprefix("/api").split("/")[1:]:
            case "GET", ["lists", "3"]:
                return 200, {"data": {"id": 3, "name": "Readers"}}
            case "GET", ["lists", _]:
                return 404, {"message": "List not found"}
            case "GET", ["templates"]:
                return 200, {"data": self.templates}
            case "POST", ["templates"]:
                self.templates.append(
                    {"id": 9, **self.checked(body, block({"name": TEXT, "type": TEXT, "body": TEXT}))}
                )
                return 200, {"data": self.templates[-1]}
            case "GET", ["campaigns"]:
                page, size = int(query["page"]), int(query["per_page"])
                every = [{"id": int(n), **one, "lists": []} for n, one in reversed(self.campaigns.items())]
                found = every[(page - 1) * size : page * size]
                return 200, {
                    "data": {"results": found or None, "total": len(every), "page": page, "per_page": size}
                }
            case "POST", ["campaigns"]:
                return 200, {"data": {"id": int(self.keep(self.checked(body)))}}
            case "PUT", ["campaigns", number] if number in self.campaigns:
                return 200, {"data": {"id": int(self.keep(self.checked(body), number))}}
        return 404, {"message": "not found"}


class Brevo(StandIn):
    service, key, schema = "brevo", "xkeysib-0123456789", BREVO

    def is_allowed(self, headers):
        return headers.get("api-key") == self.key

    def route(self, method, path, query, body):
        match method, path.removeprefix("/v3").split("/")[1:]:
            case "GET", ["contacts", "lists", number]:
                known = number == "3"
                return (
                    (200, {"id": 3})
                    if known
                    else (404, {"code": "document_not_found", "message": "List ID does not exist"})
                )
            case "GET", ["emailCampaigns"]:
                first, size = int(query["offset"]), int(query["limit"])
                assert size <= 100
                every = [{"id": int(n), **one} for n, one in reversed(self.campaigns.items())]
                found = every[first : first + size]
                return 200, {"count": len(every), **({"campaigns": found} if found else {})}
            case "POST", ["emailCampaigns"]:
                return 201, {"id": int(self.keep(self.checked(body)))}
            case "PUT", ["emailCampaigns", number] if number in self.campaigns:
                self.keep(self.checked(body), number)
                return 204, None
        return 404, {"code": "not_found", "message": "no such path"}


class Mailchimp(StandIn):
    service, key, schema, status = "mailchimp", "0123456789abcdef-us6", MAILCHIMP, "save"
    forced_tracking = False

    def is_allowed(self, headers):
        return (
            headers.get("Authorization") == f"Basic {b64encode(f'clusterpress:{self.key}'.encode()).decode()}"
        )

    def route(self, method, path, query, body):
        match method, path.removeprefix("/3.0").split("/")[1:]:
            case "GET", ["lists", "ab12"]:
                return 200, {"id": "ab12", "name": "Readers"}
            case "GET", ["lists", _]:
                return 404, {
                    "title": "Resource Not Found",
                    "status": 404,
                    "detail": "The requested resource could not be found.",
                }
            case "GET", ["campaigns"]:
                first, size = int(query["offset"]), int(query["count"])
                every = [
                    {"id": n, "status": one["status"], "settings": {"title": one["settings"]["title"]}}
                    for n, one in reversed(self.campaigns.items())
                ]
                return 200, {"campaigns": every[first : first + size], "total_items": len(every)}
            case "POST", ["campaigns"]:
                assert body.pop("type") == "regular"
                number = self.keep(self.checked(body))
                return 200, {"id": number, "status": "save"}
            case "PATCH", ["campaigns", number] if number in self.campaigns:
                self.keep(self.checked(body), number)
                if self.forced_tracking:
                    self.keep({"tracking": {"opens": True}}, number)
                return 200, {"id": number, **self.campaigns[number]}
            case "PUT", ["campaigns", number, "content"] if number in self.campaigns:
                self.keep(self.checked(body, block({"html": TEXT, "plain_text": TEXT})), number)
                return 200, body
        return 404, {"title": "Resource Not Found", "detail": "no such path"}


class Buttondown(StandIn):
    service, key, schema = "buttondown", "bd-0123456789", BUTTONDOWN

    def is_allowed(self, headers):
        return headers.get("Authorization") == f"Token {self.key}"

    def route(self, method, path, query, body):
        match method, path.removeprefix("/v1").split("/")[1:]:
            case "GET", ["emails"]:
                page, size = int(query.get("page", 1)), 50
                every = [{"id": n, **one} for n, one in reversed(self.campaigns.items())]
                found = every[(page - 1) * size : page * size]
                more = f"?page={page + 1}" if page * size < len(every) else None
                return 200, {"results": found, "next": more, "previous": None, "count": len(every)}
            case "POST", ["emails"]:
                number = self.keep(self.checked(body))
                return 201, {"id": number, "status": "draft"}
            case "PATCH", ["emails", number] if number in self.campaigns:
                self.keep(self.checked(body), number)
                return 200, {"id": number}
        return 404, {"detail": "Not found."}


ALL = (Listmonk, Brevo, Mailchimp, Buttondown)


@contextmanager
def serving(stand_in):
    """Provide the address of a stand-in."""

    class Answers(BaseHTTPRequestHandler):
        def _answer(self):
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(length)
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            try:
                body = json.loads(raw) if raw else None
                if raw:
                    assert self.headers["Content-Type"] == "application/json"
                status, answer, *rest = stand_in.answer(self.command, parts.path, query, self.headers, body)
            except Exception as fault:  # noqa: BLE001 -- the test sees it
                stand_in.wrong.append(f"{self.command} {self.path}: {fault}")
                status, answer, rest = 400, {"message": str(fault).splitlines()[0]}, []
            if status == 0:  # the network goes away
                self.close_connection = True
                self.connection.close()
                return
            content = (
                b""
                if answer is None
                else answer
                if isinstance(answer, bytes)
                else json.dumps(answer).encode()
            )
            self.send_response(status)
            for name, value in (rest[0] if rest else {}).items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = _answer  # noqa: N815 -- names that the library calls

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
