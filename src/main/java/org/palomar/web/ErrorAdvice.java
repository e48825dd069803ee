package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.palomar.imap.ImapException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

/** Turns failures into pages with a plain sentence. The server's own words go to the log only. */
@ControllerAdvice
class ErrorAdvice {

    private static final Logger log = LoggerFactory.getLogger(ErrorAdvice.class);

    @ExceptionHandler
    ModelAndView imap(ImapException failure, HttpServletRequest request, HttpServletResponse response) {
        log.info("mail server: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
        return switch (failure) {
            case ImapException.AuthenticationFailed _, ImapException.Closed _ -> toSignIn(request, response);
            case ImapException.Unreachable _ -> page(HttpStatus.GATEWAY_TIMEOUT, "unreachable", request, response);
            case ImapException.CertificateRejected _ -> page(HttpStatus.BAD_GATEWAY, "certificate", request, response);
            case ImapException.TooManyConnections _ ->
                page(HttpStatus.SERVICE_UNAVAILABLE, "connections", request, response);
            case ImapException.Busy _ -> page(HttpStatus.SERVICE_UNAVAILABLE, "busy", request, response);
            case ImapException.ConnectionLost lost ->
                page(
                        HttpStatus.BAD_GATEWAY,
                        lost.outcomeUnknown() ? "outcome-unknown" : "connection-lost",
                        request,
                        response);
            case ImapException.MailboxMissing _ -> page(HttpStatus.NOT_FOUND, "mailbox-missing", request, response);
            case ImapException.MessageGone _ -> page(HttpStatus.NOT_FOUND, "message-gone", request, response);
            case ImapException.UidValidityChanged _ -> page(HttpStatus.GONE, "uidvalidity", request, response);
            case ImapException.OverQuota _ -> page(HttpStatus.INSUFFICIENT_STORAGE, "over-quota", request, response);
            case ImapException.AlreadyExists _ -> page(HttpStatus.CONFLICT, "already-exists", request, response);
            case ImapException.Unsupported _ -> page(HttpStatus.NOT_IMPLEMENTED, "unsupported", request, response);
            case ImapException.Refused _ -> page(HttpStatus.BAD_GATEWAY, "refused", request, response);
        };
    }

    @ExceptionHandler
    ModelAndView gone(NotFoundException failure, HttpServletRequest request, HttpServletResponse response) {
        return page(HttpStatus.NOT_FOUND, failure.key(), request, response);
    }

    @ExceptionHandler({MethodArgumentTypeMismatchException.class})
    ModelAndView mistyped(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        return page(HttpStatus.NOT_FOUND, "not-found", request, response);
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    ModelAndView tooLarge(HttpServletRequest request, HttpServletResponse response) {
        return page(HttpStatus.CONTENT_TOO_LARGE, "too-large", request, response);
    }

    private static ModelAndView toSignIn(HttpServletRequest request, HttpServletResponse response) {
        if (WebConfiguration.htmx(request).partial()) {
            response.setHeader("HX-Redirect", request.getContextPath() + "/login?reason=expired");
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return new ModelAndView();
        }
        return new ModelAndView("redirect:/login?reason=expired");
    }

    /** A whole page, or for htmx a notice that goes where notices go and leaves the rest of the page alone. */
    private static ModelAndView page(
            HttpStatus status, String key, HttpServletRequest request, HttpServletResponse response) {
        boolean partial = WebConfiguration.htmx(request).partial();
        ModelAndView page = new ModelAndView(partial ? "error/_notice" : "error/error");
        page.addObject("key", key);
        page.addObject("status", status.value());
        if (partial) {
            response.setHeader("HX-Retarget", "#flash");
            response.setHeader("HX-Reswap", "innerHTML");
        }
        page.setStatus(status);
        return page;
    }
}
