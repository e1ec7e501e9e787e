// Anchors of the log: our own and those kept for neighbours, each with what it says of the log now.
import type { AnchorView } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Audit.module.css";

export function AnchorPanel(props: {
  anchors: AnchorView[];
  marked: AnchorView | null;
  onMark: (id: string) => void;
  onOpen: () => void;
}) {
  const { t, language } = useWords();
  if (props.anchors.length === 0) {
    return (
      <p className={classes.empty} data-testid="anchor-none">
        {t("audit.noAnchor")}
      </p>
    );
  }
  return (
    <MarkedTable
      rows={props.anchors}
      marked={props.marked?.id ?? null}
      testId="anchor-row"
      onMark={props.onMark}
      onOpen={props.onOpen}
      head={
        <>
          <th scope="col">{t("audit.anchorDay")}</th>
          <th scope="col">{t("audit.office")}</th>
          <th scope="col">{t("audit.made")}</th>
          <th scope="col" className="number">
            {t("audit.lastRecord")}
          </th>
          <th scope="col">{t("audit.result")}</th>
        </>
      }
      cells={(anchor) => (
        <>
          <td>{formatDay(anchor.day, language)}</td>
          <td>
            {anchor.office} {!anchor.ours && <span className="tag">{t("audit.keptFor")}</span>}
          </td>
          <td>
            {formatTime(anchor.made)}{" "}
            <span className="soft">{formatDay(dayOf(anchor.made), language)}</span>
          </td>
          <td className="number">{anchor.roots.map(({ index }) => index).join(", ")}</td>
          <td>
            <span className="tag" data-tone={anchor.fine ? "good" : "refuse"}>
              {t(`audit.answer.${anchor.answer}`)}
            </span>
          </td>
        </>
      )}
    />
  );
}

/** One anchor, in groups that can be read aloud over the telephone. */
export function AnchorDetail({ anchor }: { anchor: AnchorView }) {
  const { t } = useWords();
  return (
    <div className={classes.record} data-testid="anchor-detail">
      <p className={anchor.fine ? classes.fine : classes.wrong} role="status">
        {anchor.message}
      </p>
      {anchor.roots.map((root) => (
        <section key={root.series}>
          <p>
            {t("audit.rootIs", { index: root.index, records: root.records, series: root.series })}
          </p>
          <p className={classes.groups}>{root.hash}</p>
        </section>
      ))}
      <section>
        <p>{t("audit.key")}</p>
        <p className={classes.groups}>{anchor.key}</p>
      </section>
      <p className="soft">{t("audit.verifyHint")}</p>
    </div>
  );
}
