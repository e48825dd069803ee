@NullMarked
package org.palomar.demo;

import org.jspecify.annotations.NullMarked;
