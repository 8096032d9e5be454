/** Names and shapes of models, read from headers alone: the bytes of tensors are never touched. */
@NullMarked
package dev.wane.formats.model;

import org.jspecify.annotations.NullMarked;
