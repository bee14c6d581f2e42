"""How the corpora of a run are read, and who is told what is found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from kutub.records import Dropped, DropReason, Page
from kutub.sources.decoded import Decoded
from kutub.sources.orders import Orders, Row
from kutub.sources.rows import Dates, NoTextError, RowError, page_of
from kutub.sources.schemas import ALIASES, Layout, check_fields_apart, has_text, id_columns, layout_of


class Guide:
    """How the corpora of a run are read: the user's columns by field, dates, and who is told what is found.

    on_notice: called with a line for the user, e.g. which schema was recognised (once for files of the same columns).
    """

    def __init__(
        self,
        *,
        columns: Mapping[str, str] | None = None,
        dates: Dates | None = None,
        on_notice: Callable[[str], None] | None = None,
    ) -> None:
        self.columns = {ALIASES.get(field, field): column for field, column in (columns or {}).items()}
        self.dates = dates or Dates()
        self.has_read = False
        self._on_notice = on_notice
        self._told: set[str] = set()

    def layout(self, names: Iterable[str], path: str) -> Layout:
        """How a corpus with these columns is read.

        Raises InputError for a column of the user that is not there, or that is named for two fields.
        """
        self.has_read = True
        layout = layout_of(names, self.columns, path)
        check_fields_apart({field: layout.columns[field][0] for field in self.columns}, path)
        return layout

    def has_text(self, names: Collection[str]) -> bool:
        """Whether a corpus with these columns has a text."""
        return has_text(names, self.columns)

    def id_columns(self, names: Collection[str]) -> tuple[str, ...]:
        """Which of columns of these names hold the id, in order of preference."""
        return id_columns(names, self.columns)

    def tell_layout(self, layout: Layout, path: str) -> None:
        """Tell how a corpus is read, unless the same was told of another one."""
        if str(layout) not in self._told:
            self._told.add(str(layout))
            self.tell(f"reading {path} as {layout}")

    def tell_list(self, name: str, path: str) -> None:
        """Tell that the rows of a file are in a list within its one object, unless that was told of another file."""
        if f"list {name}" not in self._told:
            self._told.add(f"list {name}")
            self.tell(f"the rows of {path} are the objects of its list {name!r}")

    def tell(self, notice: str) -> None:
        """Tell the user."""
        if self._on_notice:
            self._on_notice(notice)

    def tell_replaced(self, decoded: Decoded, path: str) -> None:
        """Tell how many characters of a corpus could not be decoded, if any."""
        if decoded.replaced:
            count = f"{decoded.replaced:,} character{'' if decoded.replaced == 1 else 's'}"
            self.tell(f"{path}: {count} cannot be read as {decoded.encoding}; U+FFFD stands for each")

    def pages(self, rows: Iterable[Row | Dropped], path: str, fault: DropReason) -> Iterator[Page | Dropped]:
        """The pages of a file's rows; a row that is none is dropped, with `fault` as the reason where it is malformed.

        Rows may be held back until later ones tell how their dates are read (orders.Orders).
        """
        orders = Orders(self.dates.order, path, self.tell)
        for row in orders.ahead(rows):
            yield row if isinstance(row, Dropped) else self._page(row, orders, fault)

    def _page(self, row: Row, orders: Orders, fault: DropReason) -> Page | Dropped:
        try:
            return page_of(row.fields, row.layout, row.where, self.dates, orders)
        except NoTextError as error:
            return Dropped(path=row.where, reason=DropReason.NO_TEXT, detail=str(error))
        except RowError as error:
            return Dropped(path=row.where, reason=fault, detail=str(error))
        except RecursionError:
            return Dropped(path=row.where, reason=fault, detail="lists within lists, too deep")
