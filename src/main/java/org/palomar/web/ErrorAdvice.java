package org.palomar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import org.palomar.imap.ImapException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.MissingServletRequestParameterException;
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
            case ImapException.Unreachable _ -> page(HttpStatus.SERVICE_UNAVAILABLE, "error.503.text");
            case ImapException.CertificateRejected _ ->
                page(HttpStatus.SERVICE_UNAVAILABLE, "login.reason.certificate");
            case ImapException.TooManyConnections _ -> page(HttpStatus.SERVICE_UNAVAILABLE, "login.reason.busy");
            case ImapException.Busy _ -> page(HttpStatus.SERVICE_UNAVAILABLE, "flash.busy");
            case ImapException.ConnectionLost lost ->
                page(HttpStatus.SERVICE_UNAVAILABLE, lost.outcomeUnknown() ? "flash.unknown" : "flash.unreachable");
            case ImapException.MailboxMissing _ -> page(HttpStatus.NOT_FOUND, "flash.missing");
            case ImapException.MessageGone _ -> page(HttpStatus.NOT_FOUND, "flash.gone");
            case ImapException.UidValidityChanged _ -> page(HttpStatus.CONFLICT, "error.409.text");
            case ImapException.OverQuota _ -> page(HttpStatus.INSUFFICIENT_STORAGE, "flash.quota");
            case ImapException.AlreadyExists _ -> page(HttpStatus.CONFLICT, "mailbox.fault.exists");
            case ImapException.Unsupported _ -> page(HttpStatus.NOT_IMPLEMENTED, "flash.unsupported");
            case ImapException.Refused _ -> page(HttpStatus.BAD_GATEWAY, "flash.refused");
        };
    }

    @ExceptionHandler
    ModelAndView gone(NotFoundException failure) {
        return page(HttpStatus.NOT_FOUND, failure.key());
    }

    @ExceptionHandler({MethodArgumentTypeMismatchException.class, MissingServletRequestParameterException.class})
    ModelAndView mistyped(Exception failure) {
        return page(HttpStatus.BAD_REQUEST, "error.400.text");
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    ModelAndView tooLarge() {
        return page(HttpStatus.CONTENT_TOO_LARGE, "error.413.text");
    }

    /** Somebody who closes a tab in the middle of a download is no fault; a disk that is full is. */
    @ExceptionHandler
    ModelAndView io(UncheckedIOException failure, HttpServletResponse response) {
        if (response.isCommitted()) {
            log.debug("an answer was not taken to its end: {}", failure.getMessage());
            return new ModelAndView();
        }
        log.error("reading or writing failed", failure);
        return page(HttpStatus.INTERNAL_SERVER_ERROR, "error.500.text");
    }

    private static ModelAndView toSignIn(HttpServletRequest request, HttpServletResponse response) {
        if (WebConfiguration.htmx(request).partial()) {
            response.setHeader("HX-Redirect", request.getContextPath() + "/login?reason=expired");
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return new ModelAndView();
        }
        return new ModelAndView("redirect:/login?reason=expired");
    }

    /** Always a whole page: when a part was asked for, the script takes the sentence out of it and leaves the rest alone. */
    private static ModelAndView page(HttpStatus status, String textKey) {
        ModelAndView page = new ModelAndView("error/error", status);
        page.addObject("status", status.value());
        page.addObject("textKey", textKey);
        return page;
    }
}
