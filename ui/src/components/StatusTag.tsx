// The state of a declaration as a small tag.
import { useWords } from "../i18n";

const TONES = { registered: "good", cancelled: "refuse", refused: "refuse" } as const;

function isKnown(status: string): status is keyof typeof TONES {
  return status in TONES;
}

export function StatusTag({ status }: { status: string }) {
  const { t } = useWords();
  return isKnown(status) ? (
    <span className="tag" data-tone={TONES[status]}>
      {t(`status.${status}`)}
    </span>
  ) : (
    <span className="tag">{status}</span>
  );
}
