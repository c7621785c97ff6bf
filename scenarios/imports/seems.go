package imports

import "fmt"

// Seems is a file that cannot be read, with what it seems to be and what to do.
type Seems struct{ error }

func seems(format string, args ...any) error { return Seems{fmt.Errorf(format, args...)} }
