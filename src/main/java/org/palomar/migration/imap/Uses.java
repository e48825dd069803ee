package org.palomar.migration.imap;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;

/** What the mailboxes of an old server are for: as the gateway finds it, else by the names that mail programs give in further languages. */
final class Uses {

    /** German, French, Italian, Portuguese, Dutch, Polish, Swedish and Danish; the gateway knows English and Spanish. */
    private static final Map<SpecialUse, Set<String>> NAMES = Map.of(
            SpecialUse.SENT,
            Set.of(
                    "gesendet",
                    "gesendete elemente",
                    "gesendete objekte",
                    "gesendete nachrichten",
                    "envoyés",
                    "éléments envoyés",
                    "messages envoyés",
                    "inviata",
                    "posta inviata",
                    "posta inviati",
                    "itens enviados",
                    "mensagens enviadas",
                    "enviadas",
                    "verzonden",
                    "verzonden items",
                    "verzonden berichten",
                    "wysłane",
                    "elementy wysłane",
                    "skickat",
                    "skickade objekt",
                    "sendt",
                    "sendt post"),
            SpecialUse.DRAFTS,
            Set.of(
                    "entwürfe",
                    "entwurf",
                    "brouillons",
                    "bozze",
                    "rascunhos",
                    "concepten",
                    "kopie robocze",
                    "szkice",
                    "utkast",
                    "kladder"),
            SpecialUse.TRASH,
            Set.of(
                    "papierkorb",
                    "gelöscht",
                    "gelöschte elemente",
                    "gelöschte objekte",
                    "corbeille",
                    "éléments supprimés",
                    "cestino",
                    "posta eliminata",
                    "lixo",
                    "lixeira",
                    "itens excluídos",
                    "itens eliminados",
                    "prullenbak",
                    "verwijderde items",
                    "kosz",
                    "elementy usunięte",
                    "papperskorgen",
                    "borttaget",
                    "papirkurv",
                    "slettet post"),
            SpecialUse.JUNK,
            Set.of(
                    "spamverdacht",
                    "junk-e-mail",
                    "unerwünscht",
                    "unerwünschte werbung",
                    "courrier indésirable",
                    "indésirables",
                    "pourriel",
                    "posta indesiderata",
                    "lixo eletrônico",
                    "correio eletrónico não solicitado",
                    "ongewenste e-mail",
                    "wiadomości-śmieci",
                    "skräppost",
                    "uønsket post"),
            SpecialUse.ARCHIVE,
            Set.of("archiv", "archives", "archivio", "arquivo", "arquivo morto", "archief", "archiwum", "arkiv"));

    private Uses() {}

    /**
     * @param prefix of the person's own mailboxes there
     * @return by name; ordinary mailboxes are absent
     */
    static Map<MailboxName, SpecialUse> of(List<Mailbox> mailboxes, String prefix) {
        Map<SpecialUse, MailboxName> found = new EnumMap<>(SpecialUse.class);
        for (Mailbox mailbox : mailboxes) {
            SpecialUse use = mailbox.specialUse();
            if (use != null) {
                found.putIfAbsent(use, mailbox.name());
            }
        }
        NAMES.forEach((use, names) -> mailboxes.stream()
                .filter(Mailbox::selectable)
                .filter(mailbox -> !found.containsValue(mailbox.name()))
                .filter(mailbox -> isTop(mailbox, prefix)
                        && names.contains(mailbox.leaf().strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(mailbox -> found.putIfAbsent(use, mailbox.name())));
        Map<MailboxName, SpecialUse> uses = new HashMap<>();
        found.forEach((use, name) -> uses.put(name, use));
        return uses;
    }

    private static boolean isTop(Mailbox mailbox, String prefix) {
        String name = mailbox.name().value();
        String own = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        return mailbox.delimiter() == null || own.indexOf(mailbox.delimiter()) < 0;
    }
}
