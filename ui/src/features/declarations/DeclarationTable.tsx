// The list of the day, or the word that nothing matches.
import type { DeclarationRow } from "../../api/bindings";
import { DeclarationRows } from "../../components/DeclarationRows";
import { useWords } from "../../i18n";
import classes from "./Declarations.module.css";

export function DeclarationTable(props: {
  rows: DeclarationRow[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
}) {
  const { t } = useWords();
  return (
    <div className={classes.scroll}>
      {props.rows.length === 0 ? (
        <p className={classes.empty}>{t("list.empty")}</p>
      ) : (
        <DeclarationRows {...props} of="day" />
      )}
    </div>
  );
}
