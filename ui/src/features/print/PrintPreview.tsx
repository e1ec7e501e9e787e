// A form on paper: looked at, then printed through the system's dialog or straight to a printer.
import { useState } from "react";
import { messageOf, violationsOf } from "../../api/errors";
import { useDeclaration } from "../../api/queries";
import { Button, CheckField, ChoiceField, Problem, TextField } from "../../components/kit";
import { useWords } from "../../i18n";
import { type PrintSettings, tenths, usePrintSettings } from "../../lib/print-settings";
import { Pages } from "./Pages";
import classes from "./PrintPreview.module.css";
import { SheetWindow } from "./SheetWindow";
import { type Done, usePrint } from "./use-print";

export function PrintPreview({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const [settings, change] = usePrintSettings();
  const declaration = useDeclaration(id).data;
  const { looked, printers, print, align, done, valid } = usePrint(id, settings);
  // What goes to the system's dialog: drawn first, then printed.
  const [leaving, setLeaving] = useState<string[] | null>(null);
  const busy = print.isPending || align.isPending;
  const start = () => {
    if (valid && !busy) {
      print.mutate(undefined, { onSuccess: setLeaving });
    }
  };
  const times = declaration?.progress.printed ?? 0;
  const title = t("print.preview", { number: declaration?.number ?? "" });
  const failed = print.error ?? align.error ?? looked.error;
  const pages = leaving ?? looked.data?.pictures;
  return (
    <SheetWindow
      title={title}
      doing={times === 0 ? t("print.originals") : t("print.copy")}
      busy={busy}
      onPrint={start}
      onClose={onClose}
      head={
        <>
          <Workstation
            settings={settings}
            printers={printers}
            onChange={(part) => {
              setLeaving(null);
              change(part);
            }}
            onAlign={() => align.mutate(undefined, { onSuccess: setLeaving })}
          />
          <div className={classes.said}>
            {failed && (
              <Problem testId="print-problem">
                {violationsOf(failed)
                  .map(({ message }) => message)
                  .join(" ") || messageOf(failed)}
              </Problem>
            )}
            {done && !failed && <Said done={done} />}
            {!done && times > 0 && <p className="soft">{t("print.before", { count: times })}</p>}
          </div>
        </>
      }
    >
      {looked.isLoading && <p>{t("app.loading")}</p>}
      {pages && (
        <Pages
          pages={pages}
          title={title}
          onDrawn={leaving === null ? undefined : () => window.print()}
        />
      )}
    </SheetWindow>
  );
}

function Said({ done }: { done: Done }) {
  const { t } = useWords();
  const what = t(`print.mark.${done.mark}`);
  return (
    <p role="status" data-testid="print-done">
      {done.printer === ""
        ? t("print.done", { what, times: done.times })
        : t("print.sent", { what, times: done.times, printer: done.printer })}
    </p>
  );
}

/** What belongs to the machine: its printer, its paper, its stationery. */
function Workstation(props: {
  settings: PrintSettings;
  printers: string[];
  onChange: (change: Partial<PrintSettings>) => void;
  onAlign: () => void;
}) {
  const { t } = useWords();
  const { settings, printers, onChange } = props;
  // A printer that is gone stays chosen, so that the person is told and not another one printed on.
  const gone = settings.printer !== "" && !printers.includes(settings.printer);
  const names = gone ? [settings.printer, ...printers] : printers;
  const wrong = (text: string) => (tenths(text) === null ? t("print.shiftInvalid") : null);
  return (
    <div className={classes.settings}>
      <ChoiceField
        label={t("print.printer")}
        value={settings.printer}
        onChange={(printer) => onChange({ printer })}
        testId="print-printer"
        options={[
          { value: "", label: t("print.dialog") },
          ...names.map((name) => ({ value: name, label: name })),
        ]}
      />
      <ChoiceField
        label={t("print.paper")}
        value={settings.paper}
        onChange={(paper) => onChange({ paper: paper as PrintSettings["paper"] })}
        testId="print-paper"
        options={[
          { value: "", label: t("print.paperOfTemplate") },
          { value: "a4", label: "A4" },
          { value: "a5", label: "A5" },
        ]}
      />
      <CheckField
        label={t("print.overlay")}
        checked={settings.overlay}
        onChange={(overlay) => onChange({ overlay })}
        testId="print-overlay"
      />
      {settings.overlay && (
        <>
          <TextField
            label={t("print.right")}
            value={settings.right}
            onChange={(right) => onChange({ right })}
            error={wrong(settings.right)}
            testId="print-right"
          />
          <TextField
            label={t("print.down")}
            value={settings.down}
            onChange={(down) => onChange({ down })}
            error={wrong(settings.down)}
            testId="print-down"
          />
          <Button onClick={props.onAlign} testId="print-align">
            {t("print.align")}
          </Button>
        </>
      )}
    </div>
  );
}
