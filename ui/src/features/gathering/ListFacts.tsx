// Who gathered, where, and who did what with the list.
import type { GatheringView, MarkView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Gathering.module.css";
import { DaysLeft, StageTag } from "./ListTable";

export function ListFacts({ list }: { list: GatheringView }) {
  const { t, language } = useWords();
  const by = (mark: MarkView) =>
    `${mark.name} · ${formatTime(mark.at)} ${formatDay(dayOf(mark.at), language)}`;
  const facts: [string, string][] = [
    [t("gathering.trader"), `${list.trader.name} · ${list.trader.tax_code}`],
    [t("gathering.address"), list.trader.address],
    [t("gathering.place"), list.place],
    [t("gathering.day"), formatDay(list.day, language)],
    [t("gathering.assessedOn"), formatDay(list.assessed_on, language)],
    ...(list.filed ? [[t("gathering.filedBy"), by(list.filed)] as [string, string]] : []),
    ...(list.declaration
      ? [[t("gathering.declaration"), list.declaration] as [string, string]]
      : []),
    ...(list.late_reason
      ? [[t("gathering.lateReason"), list.late_reason] as [string, string]]
      : []),
    ...(list.taxed ? [[t("gathering.taxedBy"), by(list.taxed)] as [string, string]] : []),
    ...(list.paid
      ? [
          [t("gathering.paidBy"), `${list.paid.document} · ${by(list.paid.mark)}`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(list.released ? [[t("gathering.releasedBy"), by(list.released)] as [string, string]] : []),
    ...(list.cancelled
      ? [
          [t("gathering.cancelledBy"), `${list.cancel_reason} · ${by(list.cancelled)}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
  return (
    <div className={classes.facts} data-testid="list-facts">
      <StageTag stage={list.stage} />
      {list.stage === "draft" && (
        <span>
          {t("gathering.fileBy")}: <DaysLeft row={list} />
        </span>
      )}
      {facts.map(([name, value]) => (
        <span key={name}>
          {name}: <strong>{value}</strong>
        </span>
      ))}
    </div>
  );
}
