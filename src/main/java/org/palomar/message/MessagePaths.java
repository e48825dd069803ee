package org.palomar.message;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.listing.Sort;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mime.TextEncoding;

/**
 * The URLs of one message, or of a message nested in it.
 *
 * @param nested where the nested message lies; the root path for the message itself
 * @param sort the order of the list it is read in
 * @param charset in which a person wants its texts to be read, or null
 */
record MessagePaths(
        MessageRef ref,
        PartPath nested,
        Sort sort,
        @Nullable TextEncoding charset) {

    MessagePaths(MessageRef ref, PartPath nested) {
        this(ref, nested, Sort.NEWEST, null);
    }

    /** The same in another charset; null for the one it says itself. */
    MessagePaths in(@Nullable TextEncoding other) {
        return new MessagePaths(ref, nested, sort, other);
    }

    String self() {
        return sort.onto(base() + query(""));
    }

    /** The message around it. */
    MessagePaths outer() {
        return new MessagePaths(ref, PartPath.ROOT, sort, null);
    }

    /** A message beside it in the list. */
    MessagePaths beside(Uid uid) {
        return new MessagePaths(new MessageRef(ref.mailbox(), ref.uidValidity(), uid), PartPath.ROOT, sort, null);
    }

    /** A message in it. */
    MessagePaths inner(PartPath path) {
        return new MessagePaths(ref, path, sort, null);
    }

    String base() {
        return "/mailboxes/" + ref.mailbox().toSegment() + "/messages/" + ref.key();
    }

    String body(boolean images) {
        return base() + "/body" + query(images ? "images=1" : "");
    }

    String measure(boolean images) {
        return base() + "/measure" + query(images ? "images=1" : "");
    }

    String withImages() {
        return sort.onto(base() + query("images=1"));
    }

    String source() {
        return base() + "/source" + query("");
    }

    String eml() {
        return base() + "/message.eml" + query("");
    }

    String print(boolean images) {
        return base() + "/print" + query(images ? "images=1" : "");
    }

    String zip() {
        return base() + "/attachments.zip" + query("");
    }

    String letter() {
        return base() + "/letter";
    }

    String seen() {
        return base() + "/seen";
    }

    String part(PartPath path) {
        return base() + "/parts/" + path;
    }

    String inline(PartPath path) {
        return part(path) + "?inline=1";
    }

    String preview(PartPath path) {
        return part(path) + "/preview";
    }

    String compose(String how) {
        String target = ref.mailbox().toSegment() + "/" + ref.key() + (nested.isRoot() ? "" : "/" + nested);
        return "/compose?" + how + "=" + target + (charset == null ? "" : "&charset=" + charset.label());
    }

    private String query(String more) {
        String all = Stream.of(
                        nested.isRoot() ? "" : "part=" + nested,
                        more,
                        charset == null ? "" : "charset=" + charset.label())
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        return all.isEmpty() ? "" : "?" + all;
    }
}
