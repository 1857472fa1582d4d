from .blocks import ProjectBodyBlock, SectionBlock, SectionKind
from .facts import Status
from .organisations import Organisation, OrganisationKind, Person
from .pages import ProjectIndexPage, ProjectPage
from .programmes import Programme, PublicityRule
from .records import ImportRecord, Municipality, Region, TargetGroup, Theme
from .relations import (
    FundingRole,
    OrganisationRole,
    ProjectContact,
    ProjectFunding,
    ProjectMunicipality,
    ProjectOrganisation,
    ProjectRegion,
    ProjectTargetGroup,
    ProjectTheme,
)

__all__ = [
    "FundingRole",
    "ImportRecord",
    "Municipality",
    "Organisation",
    "OrganisationKind",
    "OrganisationRole",
    "Person",
    "Programme",
    "ProjectBodyBlock",
    "ProjectContact",
    "ProjectFunding",
    "ProjectIndexPage",
    "ProjectMunicipality",
    "ProjectOrganisation",
    "ProjectPage",
    "ProjectRegion",
    "ProjectTargetGroup",
    "ProjectTheme",
    "PublicityRule",
    "Region",
    "SectionBlock",
    "SectionKind",
    "Status",
    "TargetGroup",
    "Theme",
]
