/** The same decay in another framework or optimizer. */
@NullMarked
package dev.wane.convert;

import org.jspecify.annotations.NullMarked;
