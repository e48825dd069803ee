package org.palomar.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Whatever type a sender claims, the browser gets octets to save or one of a few types that run nothing (S10). */
class AttachmentTypesIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final List<String> TYPES = List.of(
            "text/html",
            "TEXT/HTML",
            "text/html; charset=utf-7",
            "application/xhtml+xml",
            "image/svg+xml",
            "IMAGE/SVG+XML",
            "image/svg",
            "text/xml",
            "application/xml",
            "application/xslt+xml",
            "text/xsl",
            "application/rss+xml",
            "application/atom+xml",
            "application/mathml+xml",
            "application/rdf+xml",
            "application/vnd.mozilla.xul+xml",
            "application/x-xpinstall",
            "application/javascript",
            "text/javascript",
            "application/ecmascript",
            "text/jscript",
            "text/vbscript",
            "module/javascript",
            "application/wasm",
            "application/json",
            "application/manifest+json",
            "text/css",
            "text/cache-manifest",
            "text/event-stream",
            "text/x-component",
            "application/x-shockwave-flash",
            "application/java-archive",
            "application/x-java-applet",
            "application/hta",
            "application/x-msdownload",
            "application/pdf",
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/jpg",
            "image/x-icon",
            "image/bmp",
            "multipart/x-mixed-replace",
            "multipart/related",
            "message/rfc822",
            "message/external-body; access-type=URL; url=\"http://evil.example/\"",
            "message/partial; id=x; number=1",
            "text/plain",
            "text/calendar",
            "text/vcard",
            "video/mp4",
            "audio/mpeg",
            "font/woff2",
            "application/octet-stream",
            "x/y",
            "html",
            "text/html,text/plain",
            "text/plain, text/html");

    private static final Set<String> SHOWN =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain;charset=utf-8");

    private static final String CONTENT = "<html xmlns='http://www.w3.org/1999/xhtml'><script>pwned()</script></html>";

    @Test
    void s10_noPartIsServedAsActiveContent() {
        StringBuilder message = new StringBuilder("From: bob@palomar.example\nSubject: types\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nwords\n");
        for (String type : TYPES) {
            message.append("--b\nContent-Type: ")
                    .append(type)
                    .append("\nContent-Disposition: attachment; filename=\"a.html\"\n\n")
                    .append(
                            type.startsWith("message/rfc822")
                                    ? "Subject: x\n\n"
                                    : type.startsWith("multipart") ? "--c\n\n" : "")
                    .append(CONTENT)
                    .append('\n');
        }
        message.append("--b--\n");
        stage.dovecot()
                .put(
                        "alice@palomar.example",
                        "Types",
                        message.toString().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        String ref = stage.refs("alice", "Types").getFirst().key();
        List<String> faults = new ArrayList<>();
        int served = 0;
        try (Visitor alice = stage.visitor().signedIn("alice")) {
            for (int part = 1; part <= TYPES.size() + 1; part++) {
                String type = part == 1 ? "text/plain" : TYPES.get(part - 2);
                for (String query : List.of("", "?inline=1", "?inline=true")) {
                    String path = "mailboxes/Types/messages/" + ref + "/parts/" + part + query;
                    Answer answer = alice.get(path);
                    if (answer.status() == 404) {
                        continue;
                    }
                    served++;
                    for (String fault : check(answer, query.isEmpty(), type)) {
                        faults.add(type + " at " + path + ": " + fault);
                    }
                }
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
        assertThat(served).isGreaterThan(3 * 50);
    }

    private static List<String> check(Answer answer, boolean download, String type) {
        List<String> faults = new ArrayList<>();
        String served =
                answer.header("Content-Type").toLowerCase(java.util.Locale.ROOT).replace(" ", "");
        String policy = answer.header("Content-Security-Policy");
        boolean attachment = answer.header("Content-Disposition").startsWith("attachment");
        if (answer.status() != 200) {
            faults.add("status " + answer.status());
        }
        if (!answer.header("X-Content-Type-Options").equals("nosniff")) {
            faults.add("may be sniffed");
        }
        if (attachment ? !served.equals("application/octet-stream") : !SHOWN.contains(served)) {
            faults.add("served as " + served + (attachment ? "" : " inline"));
        }
        if (download && !attachment) {
            faults.add("a download is not an attachment");
        }
        if (!policy.contains("default-src 'none'")
                || !(policy.startsWith("sandbox") || served.equals("application/pdf"))) {
            faults.add("policy " + policy);
        }
        if (policy.contains("allow-")) {
            faults.add("the sandbox is open: " + policy);
        }
        if (!download
                && !attachment
                && type.toLowerCase(java.util.Locale.ROOT).startsWith("text/")
                && !served.equals("text/plain;charset=utf-8")) {
            faults.add("text as " + served);
        }
        if (answer.headers().allValues("Content-Security-Policy").size() != 1) {
            faults.add("not one policy");
        }
        return faults;
    }

    @Test
    void s10_theTypeDecidesNotTheAddress() {
        stage.dovecot()
                .put(
                        "alice@palomar.example",
                        "Svg",
                        ("From: bob@palomar.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: image/svg+xml\r\n"
                                        + "Content-Disposition: inline; filename=a.png\r\n\r\n<svg onload='pwned()'/>\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        String ref = stage.refs("alice", "Svg").getFirst().key();
        try (Visitor alice = stage.visitor().signedIn("alice")) {
            Answer answer = alice.get("mailboxes/Svg/messages/" + ref + "/parts/1?inline=1")
                    .expect(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(answer.header("Content-Disposition")).startsWith("attachment");
            alice.get("mailboxes/Svg/messages/" + ref + "/parts/1/preview").expect(404);
        }
    }

    @Test
    void s10_namesCannotBreakTheHeader() {
        stage.dovecot()
                .put(
                        "alice@palomar.example",
                        "Names",
                        ("From: bob@palomar.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/x-thing\r\n"
                                        + "Content-Disposition: attachment;"
                                        + " filename*=utf-8''a%0D%0ASet-Cookie:%20evil=1%0D%0A%0D%0A%3Chtml%3E%00%22%3B..%2F..%2Fx\r\n\r\nx\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        String ref = stage.refs("alice", "Names").getFirst().key();
        try (Visitor alice = stage.visitor().signedIn("alice")) {
            Answer answer =
                    alice.get("mailboxes/Names/messages/" + ref + "/parts/1").expect(200);
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            assertThat(answer.header("Content-Disposition"))
                    .startsWith("attachment")
                    .doesNotContain("/");
            assertThat(answer.text()).isEqualTo("x\r\n");
        }
    }
}
