"""Extractors: models that point at words of reports (:class:`incidentmap.model.Extractor`). None runs unless the user asks."""

from incidentmap.extractors.endpoint import EndpointExtractor, Server, open_endpoint, read_endpoint
from incidentmap.extractors.post import Post
from incidentmap.extractors.spacy_names import SpacyNames, open_spacy

__all__ = ["EndpointExtractor", "Post", "Server", "SpacyNames", "open_endpoint", "open_spacy", "read_endpoint"]
