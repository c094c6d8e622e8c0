"""People, their companies, the links and tokens they enter by, and the record of what organisers did."""

from .audit import AuditEntry
from .company import Company, CompanyIdentifier, Staff
from .credentials import IssuedLink, PersonalLink, Token
from .user import User, Viewer

__all__ = [
    "AuditEntry",
    "Company",
    "CompanyIdentifier",
    "IssuedLink",
    "PersonalLink",
    "Staff",
    "Token",
    "User",
    "Viewer",
]
