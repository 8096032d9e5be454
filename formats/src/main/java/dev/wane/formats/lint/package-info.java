/** Findings in files: where they stand, what is suppressed, and how they are written down. */
@NullMarked
package dev.wane.formats.lint;

import org.jspecify.annotations.NullMarked;
