package org.palomar.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ReducedMotion;

/** What a person sits before: a desk or a phone, with JavaScript on or off. */
enum Device {
    DESK(1440, 900, false, true),
    DESK_PLAIN(1440, 900, false, false),
    PHONE(390, 844, true, true),
    PHONE_PLAIN(390, 844, true, false);

    final int width;
    final int height;
    final boolean touch;
    final boolean scripts;

    Device(int width, int height, boolean touch, boolean scripts) {
        this.width = width;
        this.height = height;
        this.touch = touch;
        this.scripts = scripts;
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setHasTouch(touch)
                .setIsMobile(touch)
                .setDeviceScaleFactor(1)
                .setJavaScriptEnabled(scripts)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-US")
                .setTimezoneId("Europe/Madrid");
    }
}
