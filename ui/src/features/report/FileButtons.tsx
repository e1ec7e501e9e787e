// The files every report can be written to, by button and by key.
import type { ReportFormat } from "../../api/bindings";
import { Button } from "../../components/kit";
import type { ScreenKey } from "../../components/ScreenKeys";
import { useWords } from "../../i18n";

type Write = (format: ReportFormat) => void;
type Words = ReturnType<typeof useWords>["t"];

const FILES = [
  { key: "F6", format: "pdf", label: "exportPdf" },
  { key: "F7", format: "csv", label: "exportCsv" },
  { key: "F8", format: "xlsx", label: "exportXlsx" },
] as const;

export function fileKeys(t: Words, write: Write): ScreenKey[] {
  return FILES.map(({ key, format, label }) => ({
    key,
    label: t(`keys.${label}`),
    action: () => write(format),
  }));
}

export function FileButtons({ onWrite }: { onWrite: Write }) {
  const { t } = useWords();
  return FILES.map(({ key, format, label }) => (
    <Button key={key} onClick={() => onWrite(format)} hotkey={key} testId={`report-${format}`}>
      {t(`report.${label}`)}
    </Button>
  ));
}
