"""Persons, accounts, consents, applications, memberships, posts and notices."""

from niangjia.members.models.accounts import Account, AccountManager
from niangjia.members.models.applications import (
    Application,
    ApplicationKind,
    ApplicationStatus,
    ApplicationStep,
    EmploymentStatus,
    StepKind,
)
from niangjia.members.models.codes import Attempt, CodePurpose, OneTimeCode
from niangjia.members.models.consents import Consent, Purpose
from niangjia.members.models.links import RoleLink
from niangjia.members.models.memberships import (
    ChangeKind,
    Membership,
    MembershipChange,
    MembershipStatus,
)
from niangjia.members.models.notices import Notice
from niangjia.members.models.particulars import Education, SkillLevel, Workplace
from niangjia.members.models.persons import DocumentType, Gender, Person
from niangjia.members.models.posts import Post, Reach, Role
from niangjia.members.models.substitutions import Substitution
from niangjia.members.models.ties import EmployerTie, TieKind
from niangjia.members.models.tokens import ApiToken, Scope

__all__ = [
    "Account",
    "AccountManager",
    "ApiToken",
    "Application",
    "ApplicationKind",
    "ApplicationStatus",
    "ApplicationStep",
    "Attempt",
    "ChangeKind",
    "CodePurpose",
    "Consent",
    "DocumentType",
    "Education",
    "EmployerTie",
    "EmploymentStatus",
    "Gender",
    "Membership",
    "MembershipChange",
    "MembershipStatus",
    "Notice",
    "OneTimeCode",
    "Person",
    "Post",
    "Purpose",
    "Reach",
    "Role",
    "RoleLink",
    "Scope",
    "SkillLevel",
    "StepKind",
    "Substitution",
    "TieKind",
    "Workplace",
]
