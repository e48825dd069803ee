/** The whole product in Chromium: journeys of people, and what pages must be at every width. */
package org.palomar.e2e;
