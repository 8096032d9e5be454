package dev.wane.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LawBookTest {
    private static final Path PAGE = Path.of("..", "docs", "laws.md");

    @Test
    void thePageIsWhatTheLawsSay() throws Exception {
        if (Boolean.getBoolean("wane.write")) {
            Files.writeString(PAGE, LawBook.markdown());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(LawBook.markdown());
    }

    @Test
    void everyExampleHasNumbers() {
        assertThat(LawBook.markdown()).doesNotContain("NaN");
    }
}
