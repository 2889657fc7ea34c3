"""What the law, good manners and seekers would say about an ad before it is published.

Three questions, each a function of its module: `rules.of` (what must or should be mended, with the source beside it),
`wording.of` (phrases that turn people away; advice only) and `quality.of` (what seekers miss).
"""

from employers.adcheck.ad import Ad

__all__ = ["Ad"]
