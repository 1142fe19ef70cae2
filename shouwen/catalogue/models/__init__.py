"""Nouns of the catalogue: the item, its dated versions and their parts, and the schedule of fees."""

from shouwen.catalogue.models.fees import Fee
from shouwen.catalogue.models.items import Item, ItemVersion, VersionCounter
from shouwen.catalogue.models.parts import Material, Partner, Situation, SituationMaterial, Step

__all__ = ["Fee", "Item", "ItemVersion", "Material", "Partner", "Situation", "SituationMaterial", "Step", "VersionCounter"]
