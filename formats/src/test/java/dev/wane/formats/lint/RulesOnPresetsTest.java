package dev.wane.formats.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.preset.Preset;
import dev.wane.formats.preset.Presets;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Rules;
import dev.wane.lint.Severity;
import dev.wane.lint.Subject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published recipes are no mistakes. */
class RulesOnPresetsTest {
    static List<Preset> presets() {
        return Presets.all();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void noRuleWarnsOfAPublishedRecipe(Preset preset) {
        boolean fineTuning = preset.title().toLowerCase(Locale.ROOT).contains("fine-tun");
        List<Finding> findings =
                Rules.check(Subject.of(preset.recipe(), new Context(fineTuning, false, false, true, false)));

        assertThat(findings).noneMatch(finding -> finding.severity().atLeast(Severity.WARNING));
    }
}
