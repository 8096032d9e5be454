/** What runs wrote down while they trained: numbers by name and step. */
@NullMarked
package dev.wane.formats.log;

import org.jspecify.annotations.NullMarked;
