/** Figures as SVG and PNG. */
@NullMarked
package dev.wane.lab.plot;

import org.jspecify.annotations.NullMarked;
