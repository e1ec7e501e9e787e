// Covers the screen of an unattended station; the work beneath stays as it was.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { SessionView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf } from "../../api/errors";
import { Button, Problem, SecretField } from "../../components/kit";
import { useWords } from "../../i18n";
import classes from "./Session.module.css";

/** Makes windows that stand open beside the page as dead as the page itself. */
function useDeadWindows() {
  const cover = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const others = Array.from(document.body.children).filter(
      (child) => child instanceof HTMLElement && !child.contains(cover.current) && !child.inert,
    ) as HTMLElement[];
    const setDead = (dead: boolean) => {
      for (const other of others) {
        other.inert = dead;
      }
    };
    setDead(true);
    return () => setDead(false);
  }, []);
  return cover;
}

export function Lock(props: {
  session: SessionView;
  onUnlocked: () => void;
  onSignOut: () => void;
}) {
  const { t } = useWords();
  const client = useClient();
  const cover = useDeadWindows();
  const [password, setPassword] = useState("");
  const unlock = useMutation({
    mutationFn: () => client.call("session_unlock", { password }),
    onSuccess: props.onUnlocked,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate();
  };
  return (
    <div
      ref={cover}
      className={classes.cover}
      data-cover
      role="dialog"
      aria-modal
      aria-label={t("signin.lockedTitle")}
    >
      <form className={`panel ${classes.card}`} onSubmit={submit}>
        <div className={classes.fields}>
          <h1>{t("signin.lockedTitle")}</h1>
          <p className="soft">{t("signin.lockedText", { name: props.session.display_name })}</p>
          <SecretField
            label={t("signin.password")}
            value={password}
            onChange={setPassword}
            testId="unlock-password"
            autoFocus
          />
          {unlock.isError && <Problem>{messageOf(unlock.error)}</Problem>}
          <div className={classes.pair}>
            <Button submit kind="primary" wide busy={unlock.isPending} testId="unlock-submit">
              {t("signin.unlock")}
            </Button>
            <Button wide onClick={props.onSignOut}>
              {t("frame.signOut")}
            </Button>
          </div>
        </div>
      </form>
    </div>
  );
}
