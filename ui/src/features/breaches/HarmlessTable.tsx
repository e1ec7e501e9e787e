// Patterns that were found harmless: what is remembered, why, until when.
import type { HarmlessView } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { useWords } from "../../i18n";
import { dayOf, formatDay } from "../../lib/dates";

export function HarmlessTable(props: {
  verdicts: HarmlessView[];
  marked: string | null;
  onMark: (id: string) => void;
}) {
  const { t, language } = useWords();
  return (
    <MarkedTable
      rows={props.verdicts}
      marked={props.marked}
      testId="harmless"
      onMark={props.onMark}
      head={
        <>
          <th>{t("breach.kindOf")}</th>
          <th>{t("breach.subject")}</th>
          <th className="number">{t("breach.persons")}</th>
          <th>{t("field.reason")}</th>
          <th>{t("breach.judged")}</th>
          <th>{t("breach.until")}</th>
        </>
      }
      cells={(verdict) => (
        <>
          <td className="tight">{t(`breachKind.${verdict.kind}`)}</td>
          <td className="tight">{verdict.subject}</td>
          <td className="number">{verdict.people}</td>
          <td className="clip" title={verdict.reason}>
            {verdict.reason}
          </td>
          <td className="tight">
            {verdict.judged.name}{" "}
            <span className="soft">{formatDay(dayOf(verdict.judged.at), language)}</span>
          </td>
          <td className="tight">
            {verdict.until === null ? t("breach.forGood") : formatDay(verdict.until, language)}
          </td>
        </>
      )}
    />
  );
}
