"""Fixed choices about the work. Values are stored and stand in addresses: they never change, names may."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.IntegerChoices):
    """One of the two kinds of work; the values are bits of a role mask."""

    CC = 1, _("Care coordination")
    CM = 2, _("Care management")


class RoleMask(models.IntegerChoices):
    """The kinds of work a title or listing is about: bits of Role added up, 0 for close relatives."""

    RELATED = 0, _("Related")
    CC = 1, _("Care coordination")
    CM = 2, _("Care management")
    BOTH = 3, _("A mix of both")


# Values of the search parameter `role`. A listing that is a mix of both answers to `cc` and to `cm`.
ROLE_SLUGS = {"cc": Role.CC, "cm": Role.CM, "related": RoleMask.RELATED}
ROLE_SEARCH_CHOICES = [("cc", _("Care coordination")), ("cm", _("Care management")), ("related", _("Related work"))]


def role_codes(mask):
    """Return the codes in a role mask, alphabetical: 3 -> ["CC", "CM"], 0 -> []."""
    return [role.name for role in Role if mask & role]


def role_mask(codes):
    """Return the role mask of codes such as ["CC", "CM"]. Raises KeyError for a code that is no role."""
    return sum(Role[code] for code in set(codes))


class Family(models.TextChoices):
    """Where a role page or a title sits: coordination, management, or a close relative."""

    CC = "CC", _("Care coordination")
    CM = "CM", _("Care management")
    ADJACENT = "adjacent", _("Close relatives")

    @property
    def mask(self):
        """The role mask a page of this family searches for."""
        return {"CC": RoleMask.CC, "CM": RoleMask.CM}.get(self.value, RoleMask.RELATED)

    @property
    def role_slug(self):
        """The value of the search parameter `role` for this family."""
        return {"CC": "cc", "CM": "cm"}.get(self.value, "related")


class Tier(models.TextChoices):
    """How well a fact is known."""

    SOURCED = "sourced", _("Read in the primary source")
    REPORTED = "reported", _("Read in a second-hand source")
    PRACTICE = "practice", _("Field knowledge")


class Frequency(models.TextChoices):
    """How often postings of a title ask for a clinical license."""

    OFTEN = "often", _("Often")
    SOMETIMES = "sometimes", _("Sometimes")
    NO = "no", _("Not normally")


class Education(models.TextChoices):
    """Minimum schooling, lowest first; `rank` compares two of them."""

    NONE = "none", _("No diploma needed")
    HIGH_SCHOOL = "high-school", _("High school diploma or equivalent")
    ASSOCIATE = "associate", _("Associate degree")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree")

    @property
    def rank(self):
        """0 for none up to 4 for a master's degree."""
        return list(type(self)).index(self)


EDUCATION_RANKS = {level.value: level.rank for level in Education}


class License(models.TextChoices):
    """The license a listing asks for, and the search parameter `licence`."""

    NONE = "none", _("No license")
    RN = "rn", _("Registered nurse (RN)")
    LPN = "lpn", _("Licensed practical nurse (LPN)")
    SW = "sw", _("Social work (LMSW or LCSW)")
    OTHER = "other", _("Another license")


class EmploymentType(models.TextChoices):
    FULL_TIME = "full-time", _("Full time")
    PART_TIME = "part-time", _("Part time")
    PER_DIEM = "per-diem", _("Per diem")
    TEMPORARY = "temporary", _("Temporary")
    CONTRACT = "contract", _("Contract")


class Schedule(models.TextChoices):
    WEEKDAYS = "weekdays", _("Weekdays")
    EVENINGS = "evenings", _("Evenings")
    WEEKENDS = "weekends", _("Weekends")
    NIGHTS = "nights", _("Nights")
    FLEXIBLE = "flexible", _("Flexible hours")


class WorkMode(models.TextChoices):
    ON_SITE = "on-site", _("On site")
    HYBRID = "hybrid", _("Hybrid")
    REMOTE = "remote", _("Remote")
    FIELD = "field", _("In the field")


class HomeVisits(models.TextChoices):
    NONE = "none", _("No home visits")
    SOME = "some", _("Some home visits")
    MOST = "most", _("Mostly home visits")


class OnCall(models.TextChoices):
    """Whether people can be called outside their hours."""

    NONE = "none", _("No on-call time")
    SOME = "some", _("Some on-call time, in turns")
    OFTEN = "often", _("On call often")


class Acuity(models.TextChoices):
    """How much help the people of a caseload need, as an ad says it."""

    LOW = "low", _("Mostly check-ins and prevention")
    MIXED = "mixed", _("A mix of needs")
    HIGH = "high", _("High needs: many conditions or frequent crises")


class Benefit(models.TextChoices):
    """What comes with the pay, as a choice; words of one's own stand in Listing.benefits."""

    PSLF = "pslf", _("Counts for Public Service Loan Forgiveness")
    TUITION = "tuition", _("Tuition help")
    LOAN_REPAYMENT = "loan-repayment", _("Loan repayment")
    HEALTH = "health", _("Health insurance")
    RETIREMENT = "retirement", _("Retirement plan")
    PAID_LEAVE = "paid-leave", _("Paid time off")
    MILEAGE = "mileage", _("Mileage or transit paid")
    LICENCE_HOURS = "licence-hours", _("Supervised hours toward a license")
    PAID_TRAINING = "paid-training", _("Paid training or certificate")


class Stance(models.TextChoices):
    """How firmly a listing asks for something."""

    REQUIRED = "required", _("Required")
    PREFERRED = "preferred", _("Preferred")
    WILL_TRAIN = "will-train", _("Will train")
    EQUIVALENT = "equivalent", _("Or equivalent experience")


class PayPeriod(models.TextChoices):
    HOUR = "hour", _("an hour")
    YEAR = "year", _("a year")


class Language(models.TextChoices):
    """Languages spoken with clients: ISO 639 codes and asl, most asked for in New York first."""

    EN = "en", _("English")
    ES = "es", _("Spanish")
    ZH = "zh", _("Chinese")
    RU = "ru", _("Russian")
    BN = "bn", _("Bengali")
    HT = "ht", _("Haitian Creole")
    KO = "ko", _("Korean")
    YI = "yi", _("Yiddish")
    AR = "ar", _("Arabic")
    FR = "fr", _("French")
    PL = "pl", _("Polish")
    IT = "it", _("Italian")
    UR = "ur", _("Urdu")
    HI = "hi", _("Hindi")
    PT = "pt", _("Portuguese")
    VI = "vi", _("Vietnamese")
    TL = "tl", _("Tagalog")
    ASL = "asl", _("American Sign Language")
