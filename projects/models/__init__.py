from .blocks import ProjectBodyBlock, SectionBlock, SectionKind
from .imports import ImportRecord
from .organisations import Organisation, OrganisationKind
from .pages import ProjectIndexPage, ProjectPage
from .people import Person
from .places import Municipality, Region
from .programmes import Programme, PublicityRule
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
from .status import Status
from .taxonomy import TargetGroup, Theme

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
