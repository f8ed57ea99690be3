"""Instants on the wire. Rule: RFC 3339 with an offset, and nothing else that may be read as a time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class _Rfc3339:
    """An aware datetime written as RFC 3339 text, 1900 to 2199 as `feeds.feed.YEARS`.

    Plain pydantic also takes "1700000000".
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        text = core_schema.str_schema(
            pattern=r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[Tt ][0-9:]{8}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
            strict=True,
        )
        instant = core_schema.datetime_schema(tz_constraint="aware", strict=False)
        return core_schema.custom_error_schema(
            core_schema.chain_schema([text, instant]),
            custom_error_type="instant",
            custom_error_message="Input should be an instant with an offset, such as 2019-10-12T08:15:00+02:00",
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "date-time"}


Instant = Annotated[datetime, _Rfc3339()]
