// One's own password, changed: the fields, and the page before which nothing else can be done.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SessionView } from "../../api/bindings";
import { useClient } from "../../api/client";
import { messageOf, violationsOf } from "../../api/errors";
import { Button, Dialog, Problem, SecretField } from "../../components/kit";
import { LanguageChoice, SchemeButton } from "../../components/Preferences";
import { useWords } from "../../i18n";
import classes from "./Session.module.css";

function PasswordFields(props: { onDone: () => void; leave: string; onLeave: () => void }) {
  const { t } = useWords();
  const client = useClient();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const change = useMutation({
    mutationFn: () => client.call("password_change", { old, new: next }),
    onSuccess: props.onDone,
  });
  const problems = violationsOf(change.error);
  const refused = problems.find(({ field }) => field === "password")?.message;
  const differ = again !== "" && again !== next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (next === again && !change.isPending) {
      change.mutate();
    }
  };
  return (
    <form className={classes.secrets} onSubmit={submit}>
      <SecretField
        label={t("password.old")}
        value={old}
        onChange={setOld}
        testId="password-old"
        autoFocus
      />
      <SecretField
        label={t("accounts.newPassword")}
        hint={t("password.hint")}
        value={next}
        onChange={setNext}
        error={refused}
        testId="password-new"
      />
      <SecretField
        label={t("accounts.passwordAgain")}
        value={again}
        onChange={setAgain}
        error={differ ? t("accounts.passwordsDiffer") : null}
        testId="password-again"
      />
      {change.isError && problems.length === 0 && <Problem>{messageOf(change.error)}</Problem>}
      <div className={classes.pair}>
        <Button
          submit
          kind="primary"
          wide
          hotkey="Enter"
          busy={change.isPending}
          disabled={old === "" || next === "" || next !== again}
          testId="password-save"
        >
          {t("password.submit")}
        </Button>
        <Button wide onClick={props.onLeave}>
          {props.leave}
        </Button>
      </div>
    </form>
  );
}

/** In a window over the work. */
export function PasswordDialog(props: { onDone: () => void; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog
      title={t("password.title")}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
    >
      <PasswordFields onDone={props.onDone} leave={t("dialog.close")} onLeave={props.onClose} />
    </Dialog>
  );
}

/** Before anything else: an administrator has set the password, or it is too old. */
export function PasswordDue(props: {
  session: SessionView;
  onDone: () => void;
  onSignOut: () => void;
}) {
  const { t } = useWords();
  return (
    <div className={classes.page}>
      <div className={`panel ${classes.card}`}>
        <div className={classes.fields}>
          <h1>{t("password.title")}</h1>
          <p className="soft">{t("password.due", { name: props.session.display_name })}</p>
          <PasswordFields
            onDone={props.onDone}
            leave={t("frame.signOut")}
            onLeave={props.onSignOut}
          />
        </div>
        <div className={classes.foot}>
          <LanguageChoice plain />
          <SchemeButton plain />
        </div>
      </div>
    </div>
  );
}
