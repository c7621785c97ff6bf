package clean

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

// Right values by hand: Unicode's code points, CommonMark's backslash escapes (2.4) and
// entities (2.5), OWASP's list of the characters that begin a formula (CSV Injection).
func TestMedia(t *testing.T) {
	for _, c := range []struct {
		name      string
		medium    func(string) string
		got, want string
	}{
		{"plain text stays", Line, "Größe · 3 % ¥ 日本", "Größe · 3 % ¥ 日本"},
		{"escape", Line, "\x1b[31mred", `\u001B[31mred`},
		{"line ends", Line, "a\nweb.toml: ok\r\t\u2028", `a\nweb.toml: ok\r\t\u2028`},
		{"C1, DEL, bidi, zero-width", Line, "\u009b\x7f\u202e\u2066\u200b\ufeff", `\u009B\u007F\u202E\u2066\u200B\uFEFF`},
		{"tags above the first plane", Line, "\U000e0041", `\U000E0041`},
		{"no UTF-8", Line, "a\xffb", "a\ufffdb"},
		{"lines stay lines", Lines, "a\nb\x1b", "a\nb\\u001B"},
		{"markdown", Markdown, "a|b [x](y) <img src=x> `c` *d* _e_ f_g & \\", `a\|b \[x\](y) &lt;img src=x&gt; \` + "`c\\`" + ` \*d\* \_e\_ f_g &amp; \\`},
		{"an underscore within a word", Markdown, "a_a z_z A_A Z_Z 0_0 9_9 é_é", "a_a z_z A_A Z_Z 0_0 9_9 é_é"},
		{"an underscore beside one", Markdown, "a_- -_a `_` {_a", "a\\_- -\\_a \\`\\_\\` {\\_a"},
		{"a tag, and less than a figure", Markdown, "<5 <a <", "<5 &lt;a &lt;"},
		{"markdown links of their own", Markdown, "https://x.org www.x.org", `https\://x.org www\.x.org`},
		{"code", Code, "a`b|c\n", "`a'b¦c\\n`"},
		{"formula", Cell, "=1+2", "'=1+2"},
		{"formula behind a space", Cell, " @SUM(1)", "' @SUM(1)"},
		{"formula, full width", Cell, "＝1", "'＝1"},
		{"tab and return begin one too", Cell, "\t=1", `\t=1`},
		{"no formula", Cell, "a=1", "a=1"},
		{"nothing", Cell, "", ""},
	} {
		if got := c.medium(c.got); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := Short("äöü", 2); got != "äö…" {
		t.Errorf("cut: %q", got)
	}
	if got := Short("äöü", 3); got != "äöü" {
		t.Errorf("not cut: %q", got)
	}
}

// An argument of a shell: plain words as they are, all else in quotes, in which a quote
// ends them and begins them anew (POSIX, Shell Command Language, 2.2.2).
func TestShell(t *testing.T) {
	for s, want := range map[string]string{
		"web.toml": "web.toml", "a/b-c_d=1+2%,x:@": "a/b-c_d=1+2%,x:@", "größe9": "größe9", "two words": "'two words'", "$x": "'$x'", "a;b": "'a;b'", "it's": `'it'\''s'`, "~root": "'~root'", "#1": "'#1'", "a*": "'a*'",
		"a\nb": `'a\nb'`,
	} {
		if got := Shell(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// JSON stays the same value: what a terminal would obey is escaped, above the first plane
// as a pair of surrogates (RFC 8259, 7), and what is harmless stays as it is.
func TestJSONIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"{\n \"a\": 1\n}": "{\n \"a\": 1\n}", "\"a\x7fb\"": `"a\u007fb"`, "\"ä日\"": "\"ä日\"", "\"\u202ex\"": `"\u202ex"`, "\"\U000e0041\"": `"\udb40\udc41"`, "\"a\u0085ä\"": `"a\u0085ä"`,
	} {
		if got := string(JSON([]byte(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x1b[2J\n\u202e\xff|<>=")
	f.Fuzz(func(t *testing.T, s string) {
		for _, medium := range []func(string) string{Line, Markdown, Code, Cell, Quoted, Lines} {
			for _, r := range medium(s) {
				if !unicode.IsGraphic(r) && r != '\n' {
					t.Fatalf("%q keeps %U", medium(s), r)
				}
			}
		}
		if strings.Contains(Line(s), "\n") {
			t.Fatal("two lines")
		}
		text, err := json.MarshalIndent(s, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		var a, b string
		if err := json.Unmarshal(text, &a); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(JSON(text), &b); err != nil || a != b {
			t.Fatalf("%q became %q: %v", a, b, err)
		}
	})
}
