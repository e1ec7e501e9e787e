// Lists of gathered goods, those whose time limit ends first in front.
import type { GatheringRow, GatheringStage } from "../../api/bindings";
import { Money } from "../../components/Money";
import { NumberText } from "../../components/NumberText";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { onRowKey } from "../../lib/rows";
import classes from "./Gathering.module.css";

const SOON_DAYS = 5;
const TONES = {
  draft: "warm",
  filed: "brand",
  taxed: "brand",
  paid: "brand",
  released: "good",
  cancelled: "refuse",
} as const satisfies Record<GatheringStage, string>;

export function StageTag({ stage }: { stage: GatheringStage }) {
  const { t } = useWords();
  return (
    <span className="tag" data-tone={TONES[stage]} data-stage={stage}>
      {t(`gathering.stage.${stage}`)}
    </span>
  );
}

/** Days until the list has to be filed. */
export function DaysLeft({ row }: { row: Pick<GatheringRow, "days_left" | "last_day"> }) {
  const { t, language } = useWords();
  const left = row.days_left;
  if (left === null || row.last_day === null) {
    return <span className="soft">–</span>;
  }
  const tone = left < 0 ? "over" : left <= SOON_DAYS ? "soon" : "calm";
  const until = t("queue.until", { time: formatDay(row.last_day, language) });
  return (
    <span className={classes.days} data-tone={tone} title={until}>
      {left < 0
        ? t("gathering.overBy", { count: -left })
        : left === 0
          ? t("gathering.today")
          : t("gathering.daysLeft", { count: left })}
    </span>
  );
}

export function ListTable(props: {
  rows: GatheringRow[];
  chosen: string | null;
  onOpen: (id: string) => void;
}) {
  const { t, language } = useWords();
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("gathering.state")}</th>
          <th>{t("gathering.fileBy")}</th>
          <th>{t("gathering.number")}</th>
          <th>{t("gathering.trader")}</th>
          <th>{t("gathering.place")}</th>
          <th>{t("gathering.day")}</th>
          <th className="number">{t("gathering.forms")}</th>
          <th className="number">{t("gathering.total")}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, at) => (
          <tr
            key={row.id}
            data-testid={`list-${at}`}
            tabIndex={at === 0 || row.id === props.chosen ? 0 : -1}
            aria-selected={row.id === props.chosen}
            onClick={() => props.onOpen(row.id)}
            onKeyDown={(event) => onRowKey(event, () => props.onOpen(row.id))}
          >
            <td>
              <StageTag stage={row.stage} />
            </td>
            <td style={{ whiteSpace: "nowrap" }}>
              <DaysLeft row={row} />
            </td>
            <td className="tight">
              <NumberText number={row.number} />
            </td>
            <td>
              {row.trader.name}
              <span className="soft"> · {row.trader.tax_code}</span>
            </td>
            <td className="clip" title={row.place}>
              {row.place}
            </td>
            <td>{formatDay(row.day, language)}</td>
            <td className="number">{row.forms}</td>
            <td className="number">{row.total_vnd ? <Money vnd={row.total_vnd} /> : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
