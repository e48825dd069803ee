package org.palomar.message;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.palomar.html.CleanHtml;
import org.palomar.listing.Sort;
import org.palomar.mail.Address;
import org.palomar.trust.Trust;

/**
 * One message as its page shows it. Paths start at the context root.
 *
 * @param text the plain text made safe, in order; empty when the letter is a document of its own
 * @param listPage the page of the list it lies on, from 1
 * @param sort the order of that list
 * @param sender who sent it for the author, or null
 * @param recipients how many there are of To, Cc and Bcc, also where not all are listed
 * @param bodyUrl path of the letter's frame, or null when there is only text
 * @param newer path of the message before this one in the list, which by default arrived after it, or null
 * @param older path of the one behind it, or null
 * @param position in the list, from 1
 * @param trust who it is from, and what about it may deceive
 * @param parentUrl path of the message this one lies in, or null
 */
public record MessagePage(
        String ref,
        String url,
        String mailboxSegment,
        @Nullable String mailboxUse,
        int listPage,
        Sort sort,
        String subject,
        Person from,
        @Nullable Person sender,
        List<Person> to,
        List<Person> cc,
        List<Person> bcc,
        List<Person> replyTo,
        int recipients,
        String date,
        String dateTitle,
        boolean unread,
        boolean flagged,
        boolean draft,
        List<CleanHtml> text,
        @Nullable String bodyUrl,
        @Nullable String measureUrl,
        RemoteNote remote,
        List<AttachmentRow> attachments,
        @Nullable String allZipUrl,
        @Nullable String newer,
        @Nullable String older,
        int position,
        int total,
        @Nullable String messageId,
        String size,
        List<String> notes,
        Notices notices,
        MessageCards cards,
        Trust trust,
        @Nullable String parentUrl,
        Links links) {

    /** How many recipients are too many to be listed. */
    public int unlisted() {
        return recipients - to.size() - cc.size() - bcc.size();
    }

    /** Path of the page of the list it lies on. */
    public String listUrl() {
        return sort.onto("/mailboxes/" + mailboxSegment + (listPage > 1 ? "?page=" + listPage : ""));
    }

    /** Path of the exchange it belongs to. */
    public String conversationUrl() {
        return "/mailboxes/" + mailboxSegment + "/conversations/" + ref;
    }

    public boolean hasHtml() {
        return bodyUrl != null;
    }

    /** Paths of what can be done with the message. */
    public record Links(
            String reply,
            String replyAll,
            String forward,
            String forwardAttached,
            String source,
            String eml,
            String print,
            String seen) {}

    /**
     * Someone named in the header; every text is a stranger's.
     *
     * @param name the display name, or the address when there is none
     * @param hue 1 to 6, the same for the same address
     */
    public record Person(String name, String address, String initials, int hue) {

        public static Person of(Address address) {
            String name = address.display().strip();
            return new Person(name, address.address(), initials(name), hue(address.address()));
        }

        private static int hue(String address) {
            return Math.floorMod(address.toLowerCase(Locale.ROOT).hashCode(), 6) + 1;
        }

        private static String initials(String name) {
            StringBuilder letters = new StringBuilder();
            for (String word : name.split("[\\s@._-]+", 4)) {
                word.codePoints()
                        .filter(Character::isLetterOrDigit)
                        .findFirst()
                        .ifPresent(letter -> letters.appendCodePoint(Character.toUpperCase(letter)));
                if (letters.codePointCount(0, letters.length()) == 2 || name.contains("@")) {
                    break;
                }
            }
            return letters.toString();
        }
    }

    /**
     * One attachment.
     *
     * @param icon {@code file image pdf archive text mail calendar}
     * @param previewUrl page that shows it, or null
     * @param openUrl page of the message in it, or null
     * @param about who wrote that message and when, or null
     */
    public record AttachmentRow(
            String path,
            String name,
            String type,
            String size,
            String icon,
            String downloadUrl,
            @Nullable String previewUrl,
            @Nullable String openUrl,
            @Nullable String about) {}
}
