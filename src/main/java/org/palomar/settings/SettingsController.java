package org.palomar.settings;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.store.StoreException;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a person's settings. */
@Controller
@WithTree
class SettingsController {

    private final PictureConsent pictures;
    private final WritingHabits habits;
    private final Collecting collecting;
    private final UndoTime undo;

    SettingsController(PictureConsent pictures, WritingHabits habits, Collecting collecting, UndoTime undo) {
        this.pictures = pictures;
        this.habits = habits;
        this.collecting = collecting;
        this.undo = undo;
    }

    @GetMapping("/settings")
    String show(SignedIn person, Model model) {
        PicturePolicy policy = PicturePolicy.ASK;
        List<String> senders = List.of();
        boolean usable = true;
        try {
            policy = pictures.policy(person.username());
            senders = pictures.senders(person.username());
        } catch (StoreException _) {
            usable = false;
        }
        model.addAttribute("habits", habits.of(person.username()));
        model.addAttribute("policy", policy.word());
        model.addAttribute("senders", senders);
        model.addAttribute("usable", usable);
        model.addAttribute("collecting", collecting.isOn(person.username()));
        model.addAttribute("undo", undo.of(person.username()).toSeconds());
        model.addAttribute("undoChoices", UndoTime.CHOICES);
        return "settings/show";
    }

    @PostMapping("/settings/writing")
    String writing(
            SignedIn person,
            @RequestParam(defaultValue = "") String format,
            @RequestParam(defaultValue = "") String place,
            HttpServletRequest request) {
        return changed(
                request,
                "flash.settings.saved",
                () -> habits.choose(
                        person.username(), new WritingHabits.Habits(format.equals("plain"), place.equals("below"))));
    }

    @PostMapping("/settings/pictures")
    String pictures(SignedIn person, @RequestParam(defaultValue = "") String show, HttpServletRequest request) {
        return changed(
                request, "flash.settings.saved", () -> pictures.choose(person.username(), PicturePolicy.of(show)));
    }

    @PostMapping("/settings/collecting")
    String collecting(SignedIn person, @RequestParam(defaultValue = "") String collect, HttpServletRequest request) {
        return changed(
                request, "flash.settings.saved", () -> collecting.choose(person.username(), collect.equals("on")));
    }

    @PostMapping("/settings/undo")
    String undo(SignedIn person, @RequestParam(defaultValue = "10") int seconds, HttpServletRequest request) {
        return changed(request, "flash.settings.saved", () -> undo.choose(person.username(), seconds));
    }

    /**
     * Chooses a sender, from the page of a message, and goes back there.
     *
     * @param message {@code segment/uidvalidity.uid}, or empty for the settings
     */
    @PostMapping("/settings/pictures/senders")
    String trust(
            SignedIn person,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String message,
            HttpServletRequest request) {
        String settings = "redirect:/settings";
        try {
            if (pictures.trust(person.username(), address)) {
                Flash.ok("flash.settings.sender", address.strip()).keep(request.getSession());
            } else {
                Flash.danger("flash.settings.badSender").keep(request.getSession());
            }
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        int slash = message.indexOf('/');
        if (slash < 0) {
            return settings;
        }
        try {
            MailboxName mailbox = MailboxName.fromSegment(message.substring(0, slash));
            MessageRef ref = MessageRef.parse(mailbox, message.substring(slash + 1));
            return "redirect:/mailboxes/" + mailbox.toSegment() + "/messages/" + ref.key() + "?images=1";
        } catch (IllegalArgumentException _) {
            return settings;
        }
    }

    @PostMapping("/settings/pictures/senders/remove")
    String forget(SignedIn person, @RequestParam(defaultValue = "") String address, HttpServletRequest request) {
        return changed(request, "flash.settings.saved", () -> pictures.forget(person.username(), address));
    }

    private static String changed(HttpServletRequest request, String sentence, Runnable change) {
        try {
            change.run();
            Flash.ok(sentence).keep(request.getSession());
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/settings";
    }
}
