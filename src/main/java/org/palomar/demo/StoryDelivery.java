package org.palomar.demo;

import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.context.SmartLifecycle;

/**
 * Puts the story straight into the mailboxes: by SMTP it would take seconds and every date would be today. It does so while
 * the rest of the application starts, and is done before the first page can be asked for.
 */
class StoryDelivery implements SmartLifecycle {

    private static final List<String> MAILBOXES =
            List.of("Drafts", "Sent", "Archive", "Junk", "Trash", "Projects", "Projects.Dovecote", "Receipts", "Lists");

    private final GreenMail server;
    private final Clock clock;
    private final FutureTask<Void> delivery = new FutureTask<>(this::deliver, null);

    StoryDelivery(GreenMail server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** Returns at once. */
    void begin() {
        Thread.ofPlatform().name("demo-story").daemon().start(delivery);
    }

    /** Waits until every letter lies where it belongs; called before the web server starts. */
    @Override
    public void start() {
        try {
            delivery.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the demo's mailboxes could not be filled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        delivery.cancel(false);
    }

    @Override
    public boolean isRunning() {
        return false;
    }

    /** Long before the web server's phase, which is among the last. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void deliver() {
        try {
            for (Person person : Person.values()) {
                GreenMailUser user = server.setUser(person.address(), person.address(), person.password());
                for (String mailbox : MAILBOXES) {
                    folders().createMailbox(user, mailbox);
                    folders().subscribe(user, mailbox);
                }
                folders().subscribe(user, "INBOX");
            }
            tell(new Story(), ZonedDateTime.now(clock).withNano(0));
        } catch (AuthorizationException | FolderException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(Story story, ZonedDateTime now) throws FolderException, MessagingException {
        LetterWriter writer = new LetterWriter(story, now);
        List<Letter> oldestFirst = story.letters().stream()
                .sorted(Comparator.comparing(letter -> letter.date(now)))
                .toList();
        for (Letter letter : oldestFirst) {
            byte[] bytes = writer.write(letter);
            for (Map.Entry<Person, String> copy : letter.mailboxes().entrySet()) {
                // A copy of its own: flags live in the MimeMessage that GreenMail keeps.
                MimeMessage message = new MimeMessage(LetterWriter.SESSION, new ByteArrayInputStream(bytes));
                folder(copy.getKey(), copy.getValue())
                        .appendMessage(
                                message,
                                flags(story, letter, copy.getKey(), copy.getValue()),
                                Date.from(letter.date(now).toInstant()));
            }
        }
    }

    private static Flags flags(Story story, Letter letter, Person person, String mailbox) {
        Flags flags = new Flags();
        if (!letter.words("Unseen").contains(person.shortName())) {
            flags.add(Flags.Flag.SEEN);
        }
        if (letter.words("Flagged").contains(person.shortName())) {
            flags.add(Flags.Flag.FLAGGED);
        }
        if (story.did(person, "Re", letter) && !mailbox.equals("Sent")) {
            flags.add(Flags.Flag.ANSWERED);
        }
        if (story.did(person, "Forward", letter)) {
            flags.add("$Forwarded");
        }
        if (mailbox.equals("Drafts")) {
            flags.add(Flags.Flag.DRAFT);
        }
        return flags;
    }

    private MailFolder folder(Person person, String mailbox) throws FolderException {
        return folders().getFolder(server.getUserManager().getUser(person.address()), mailbox, true);
    }

    private ImapHostManager folders() {
        return server.getManagers().getImapHostManager();
    }
}
