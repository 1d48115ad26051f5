"""A language model behind an OpenAI-compatible server (`/v1/chat/completions`): llama.cpp, Ollama, vLLM, LM Studio...

**What leaves the machine**: the whole text of each report that is asked about, with our instructions; no file name, no
source, no decision, nothing about the user. With a server on this machine (127.0.0.1, ::1, localhost) nothing leaves it, and
proxies are passed by. A private address (10.x, 172.16.x to 172.31.x, 192.168.x, fc00::) is a machine of the user's network. Any
other server is refused unless the user allows it in so many words.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from incidentmap.extractors.answer import read_answer
from incidentmap.extractors.post import Post
from incidentmap.extractors.prompt import INSTRUCTIONS, SCHEMA
from incidentmap.model import BadValue, Dropped, ExtractorUnreadable, Proposed, Reading, Report, reason

LONGEST_TEXT = 60_000
"""Characters of a report that is asked about: some 15,000 tokens, more than most local models hold."""
_MOST_TOKENS = 4_000
_ALLOWED = "an address such as http://127.0.0.1:8080, without user name or query"
_PLAIN = re.compile(r"[\x21-\x7e]{3,300}")
_MODEL = re.compile(r"[\w.:/@+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is asked.

    Parameters
    ----------
    url
        Of its chat completions.
    host
        With the port, for people.
    reach
        `machine` for this machine, `network` for a private address, `remote` for any other.
    """

    url: str
    host: str
    reach: str

    @property
    def encrypted(self) -> bool:
        """Whether the text goes over https."""
        return self.url.startswith("https:")


@dataclass(frozen=True, slots=True)
class EndpointExtractor:
    """Asks a model to point at names and events.

    Parameters
    ----------
    model
        As the server calls it.
    post
        How requests are made.
    """

    server: Server
    model: str
    post: Post

    @property
    def name(self) -> str:
        """The model; which server runs it is nobody's business who reads the proposals."""
        return f"endpoint {self.model}"

    def propose(self, report: Report, reading: Reading) -> Proposed:  # noqa: ARG002 - a model reads for itself
        """Ask about one report; every value of the answer that the text does not hold is dropped.

        Raises
        ------
        ExtractorUnavailable, ExtractorUnreadable
            If there is no answer; see :class:`incidentmap.model.Extractor`.
        """
        if len(report.text) > LONGEST_TEXT:
            return Proposed((), (Dropped(report.id, reason("proposal_text_too_long", most=LONGEST_TEXT)),))
        answer = self.post.json(self.server.url, self._question(report.text), direct=self.server.reach != "remote")
        return read_answer(report, _content(self.server.host, answer), self.name)

    def _question(self, text: str) -> dict[str, Any]:
        return {
            "model": self.model,
            "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": text}],
            "temperature": 0, "seed": 0, "stream": False, "max_tokens": _MOST_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": {"name": "pointed", "strict": True, "schema": SCHEMA}},
        }


def open_endpoint(address: str, model: str, *, allow_remote: bool = False, post: Post | None = None) -> EndpointExtractor:
    """An extractor that asks a server. Nothing is sent yet.

    Raises
    ------
    BadValue
        For an address or model name that is none, and for a server that is not allowed.
    """
    if not _MODEL.fullmatch(model):
        allowed = "the name by which the server knows the model: letters, digits and . : / @ + -, 100 at most"
        raise BadValue("--model", model, allowed)
    return EndpointExtractor(read_endpoint(address, allow_remote=allow_remote), model, post or Post())


def read_endpoint(address: str, *, allow_remote: bool = False) -> Server:
    """Check the address of a server; `/v1/chat/completions` is added where it lacks.

    Raises
    ------
    BadValue
        If it is no http(s) address or holds a user name, query or fragment; if the server is neither this machine nor a
        private address and remote ones are not allowed. A host name counts as remote, whatever it resolves to.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port  # looked at, for it raises where it is no number
    except ValueError as error:
        raise BadValue("--endpoint", address, _ALLOWED) from error
    extra = parts.username is not None or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or not host or extra or not _PLAIN.fullmatch(address):
        raise BadValue("--endpoint", address, _ALLOWED)
    reach = _reach(host)
    if reach == "remote" and not allow_remote:
        todo = "The text of your reports would leave this machine. If you mean that, say so: --allow-remote."
        raise BadValue("--endpoint", address, "a server on this machine (http://127.0.0.1:PORT) or a private address", todo)
    return Server(f"{parts.scheme}://{parts.netloc}{_path(parts.path)}", parts.netloc, reach)


def _path(path: str) -> str:
    bare = path.rstrip("/")
    if bare.endswith("/chat/completions"):
        return bare
    return f"{bare}/chat/completions" if bare.endswith("/v1") else f"{bare}/v1/chat/completions"


def _reach(host: str) -> str:
    if host == "localhost":
        return "machine"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "remote"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return "machine"
    own = any(address in network for network in _PRIVATE if network.version == address.version)
    return "network" if own else "remote"


_PRIVATE = tuple(ipaddress.ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))


def _content(host: str, answer: object) -> str:
    """The model's words in a chat completion."""
    try:
        content = answer["choices"][0]["message"]["content"]  # type: ignore[index]
    except (KeyError, IndexError, TypeError) as error:
        told = f"{host}: the answer is no chat completion. Is the address that of an OpenAI-compatible server?"
        raise ExtractorUnreadable(told) from error
    if not isinstance(content, str):
        raise ExtractorUnreadable(f"{host}: the answer holds no text. Is the model one that writes text?")
    return content
