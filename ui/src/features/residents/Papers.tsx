// The papers that all stand for one person.
import type { PaperView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";

const KINDS = ["cccd", "cmnd", "border_pass", "border_id", "passport"] as const;

export function Papers({ papers }: { papers: PaperView[] }) {
  const { t, language } = useWords();
  const kindName = (kind: string) => {
    const known = KINDS.find((name) => name === kind);
    return known ? t(`paper.${known}`) : kind;
  };
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("field.paperKind")}</th>
          <th>{t("field.paperNumber")}</th>
          <th>{t("field.issued")}</th>
          <th>{t("field.expires")}</th>
        </tr>
      </thead>
      <tbody>
        {papers.map((paper) => (
          <tr key={paper.kind + paper.number}>
            <td>{kindName(paper.kind)}</td>
            <td>{paper.number}</td>
            <td>{paper.issued ? formatDay(paper.issued, language) : "–"}</td>
            <td>{paper.expires ? formatDay(paper.expires, language) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
