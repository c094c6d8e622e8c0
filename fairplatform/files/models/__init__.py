"""Stored files with their pictures in several widths, and uploads on their way."""

from .file import File, Rendition
from .upload import Upload

__all__ = ["File", "Rendition", "Upload"]
