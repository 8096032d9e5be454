package dev.wane.formats.preset;

import dev.wane.formats.RecipeReader;
import dev.wane.formats.tree.Node;
import dev.wane.recipe.Recipe;

/**
 * A published recipe.
 *
 * @param id its name, lower case with hyphens
 * @param title for people
 * @param tree the recipe as written, to lay options over
 * @param notDecayed what the recipe does not decay
 * @param transferBy which rule carries it
 * @param checked whether η, λ, convention and batch were read in the source
 * @param source paper or repository
 * @param note what else to know; may be empty
 */
public record Preset(
        String id,
        String title,
        Node.Mapping tree,
        String notDecayed,
        String transferBy,
        boolean checked,
        String source,
        String note) {
    /** The recipe itself. */
    public Recipe recipe() {
        return RecipeReader.read(tree);
    }
}
