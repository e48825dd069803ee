package org.palomar.message;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.html.CleanHtml;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.PartPath;
import org.palomar.mime.TextEncoding;
import org.palomar.remote.PictureUrls;
import org.palomar.web.Reader;
import org.palomar.web.SecurityHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A letter's HTML as a document of its own, under the policy of {@link SecurityHeaders#letter}. */
@Controller
@RequestMapping("/mailboxes/{mailbox}/messages/{ref}")
class LetterController {

    static final String HEAD = """
            <!doctype html>
            <html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title></title><style>
            :root { color-scheme: light; }
            html { background: #fff; color: #26221f; overflow-wrap: break-word; }
            body { margin: 0; padding: 4px 0 8px; font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
            img { max-width: 100%; height: auto; }
            pre { white-space: pre-wrap; }
            blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 2px solid #d5cfc8; }
            table { max-width: 100%; }
            hr { border: 0; border-top: 1px solid #d5cfc8; margin: 16px 0; }
            .plain-text { white-space: pre-wrap; }
            .signature { color: #6b645d; }
            .quote-fold > summary { cursor: pointer; color: #6b645d; }
            .remote-image { background: #d8d1c3; color: #26221f; }
            @layer palomar { .shows-host.shows-host::after { all: initial !important; content: " (" attr(title) ")" !important;
              font: 13px/1.5 system-ui, sans-serif !important; color: #a3271d !important; background: #fff !important;
              direction: ltr !important; unicode-bidi: isolate !important; } }
            </style></head><body>
            """;

    /** For a letter whose frame is inverted: its pictures are turned back. */
    private static final String DARK = "<style>img { filter: invert(1) hue-rotate(180deg) !important; }</style>";

    private final Letters letters;
    private final PictureUrls pictures;

    LetterController(Letters letters, PictureUrls pictures) {
        this.letters = letters;
        this.pictures = pictures;
    }

    /** {@code /measure} is the same document for the hidden frame that tells how tall the letter is. */
    @GetMapping({"/body", "/measure"})
    void letter(
            SignedIn person,
            MailSession session,
            @PathVariable MailboxName mailbox,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") PartPath part,
            @RequestParam(defaultValue = "false") boolean images,
            @RequestParam(defaultValue = "false") boolean dark,
            @RequestParam(defaultValue = "") String charset,
            Reader reader,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        MessagePaths paths = new MessagePaths(MessageController.parse(mailbox, ref), part).in(TextEncoding.of(charset));
        Function<String, @Nullable String> ours =
                url -> request.getContextPath() + pictures.path(person.username(), paths.ref(), url);
        List<CleanHtml> letter = letters.letter(person, session, paths, images ? ours : null, reader.locale());
        String place = images
                ? ServletUriComponentsBuilder.fromContextPath(request)
                        .path(PictureUrls.PATH)
                        .toUriString()
                : null;
        boolean measured = request.getRequestURI().endsWith("/measure");
        write(letter, dark, measured ? SecurityHeaders.measure(place) : SecurityHeaders.letter(place), response);
    }

    private static void write(List<CleanHtml> letter, boolean dark, String policy, HttpServletResponse response)
            throws IOException {
        response.setHeader("Content-Security-Policy", policy);
        response.setContentType("text/html;charset=utf-8");
        Writer out = response.getWriter();
        out.write(HEAD);
        out.write(dark ? DARK : "");
        for (int i = 0; i < letter.size(); i++) {
            out.write(i == 0 ? "" : "<hr>");
            letter.get(i).writeTo(out);
        }
        out.write("</body></html>");
    }
}
