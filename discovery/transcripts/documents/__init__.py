"""Readers of documents: Word, OpenDocument, RTF and PDF."""
