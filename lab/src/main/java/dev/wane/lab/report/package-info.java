/** What a study found, as HTML, Markdown and pictures. */
@NullMarked
package dev.wane.lab.report;

import org.jspecify.annotations.NullMarked;
