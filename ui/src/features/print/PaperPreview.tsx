// A paper that is no form of a resident: a receipt, a list, a book. It is set once and printed
// through the system's dialog as often as is wanted.
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { PrintedFile } from "../../api/bindings";
import { type Client, useClient } from "../../api/client";
import { Refusal } from "../../components/Refusal";
import { useWords } from "../../i18n";
import { Pages } from "./Pages";
import classes from "./PrintPreview.module.css";
import { SheetWindow } from "./SheetWindow";

export function PaperPreview(props: {
  /** What it is called: its number, or the book and its year. */
  name: string;
  ask: (client: Client) => Promise<PrintedFile>;
  onClose: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  // Asked for before its pages can be seen, it is printed once they can.
  const drawn = useRef(false);
  const wanted = useRef(false);
  const paper = useQuery({
    queryKey: ["paper", props.name],
    queryFn: () => props.ask(client),
    // Whom it names is recorded as shown: once for each look, not for each focus.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const title = t("print.sheet", { name: props.name });
  return (
    <SheetWindow
      title={title}
      doing={t("keys.printPaper")}
      onPrint={() => {
        wanted.current = !drawn.current;
        if (drawn.current) {
          window.print();
        }
      }}
      onClose={props.onClose}
      head={
        <div className={classes.said}>
          <Refusal error={paper.error} testId="print-problem" />
        </div>
      }
    >
      {paper.isLoading && <p>{t("app.loading")}</p>}
      {paper.data && (
        <Pages
          pages={paper.data.pictures}
          title={title}
          onDrawn={() => {
            drawn.current = true;
            if (wanted.current) {
              window.print();
            }
          }}
        />
      )}
    </SheetWindow>
  );
}
