"""People, their companies, the links and tokens they enter by, and the record of what organisers did."""

from .audit import AuditEntry
from .company import Company, CompanyIdentifier, Staff
from .credentials import PersonalLink, Token
from .user import User, Viewer

__all__ = ["AuditEntry", "Company", "CompanyIdentifier", "PersonalLink", "Staff", "Token", "User", "Viewer"]
