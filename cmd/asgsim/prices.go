package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"asgsim/report"
	"asgsim/report/clean"
	"asgsim/scenarios/prices"
	"asgsim/sim/ec2"
)

// pricing is what the flags of prices import say.
type pricing struct {
	region, date, out string
	force             bool
}

func (a *app) pricesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "prices",
		Short: "Whose prices there are, and how old; prices import reads AWS's lists",
		Long: `The prices that there are, and how old they are: those of us-east-1 that asgsim carries (Linux, shared tenancy,
on demand, of the common types), and those that asgsim prices import has read from AWS's lists, a catalogue a
region. Nothing is asked of AWS.

A scenario has the prices of the region that its zones name (availability_zones = ["eu-central-1a", ...]) or
that it asks for itself:

  [prices]
  region = "eu-central-1"
  operating_system = "windows"     # linux, windows, rhel, suse
  tenancy = "dedicated"            # shared, dedicated

Where prices are not known, a scenario is refused until it has them: of a region, by asgsim prices import; of a
type, by instance.price, or price beside an instance_type of overrides. Balancers, metrics, volumes and CPU
credits that the lists did not hold have us-east-1's prices, which is told. A scenario that names no region has
the shipped prices, whatever was imported, so that its results are the same everywhere.
asgsim help scenario prices documents the keys; term and payment of [commitment.NAME.KIND] take the discounts of
savings plans and reserved instances from imported prices.`,
		Example: `  asgsim prices
  curl -O https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/eu-central-1/index.csv
  asgsim prices import index.csv`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.listPrices() },
	}
	c.AddCommand(a.importPricesCommand())
	return c
}

func (a *app) importPricesCommand() *cobra.Command {
	var p pricing
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Read lists of prices into catalogues, one a region",
		Long: `Read lists of prices into catalogues, one a region, in the user's configuration folder (or into the file of
--output). Lists are streamed, whatever their size, also gzipped, and - for standard input:

  - AWS's price lists (https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/...), as index.csv or index.json:
      AmazonEC2/current/REGION/          instances on demand and reserved, EBS volumes, CPU credits
      AWSELB/current/REGION/             load balancers and their capacity units
      AmazonCloudWatch/current/REGION/   metrics, for detailed monitoring
  - AWS's lists of savings plans (savingsPlan/v1.0/aws/AWSComputeSavingsPlan/...), CSV or JSON
  - instances.json of ec2instances.info: on demand, commitments, and what Spot saves on average

Of instances those with Linux, Windows, RHEL and SUSE, licence included and no other software, on shared and
dedicated tenancy, in the region itself (no Local Zones), in US dollars. A further list is laid upon what a
catalogue has: what it does not hold stays. Lists of all regions need --region.
Recorded Spot prices are a scenario's own: spot.price_file.`,
		Example: `  asgsim prices import index.csv
  asgsim prices import ec2.json elb.json cloudwatch.json
  asgsim prices import instances.json --region eu-west-1
  asgsim prices import index.csv.gz -o prices.json      # beside a scenario: catalogue = "prices.json"`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("prices import needs at least one list of prices, or - for standard input; see asgsim prices import --help")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.importPrices(args, p) },
	}
	c.Flags().StringVar(&p.region, "region", "", "the only region to keep, and that of lists that do not say theirs (default: all that a list holds)")
	c.Flags().StringVar(&p.date, "date", "", "the day of a list that does not say its own, as 2026-11-01 (default: when the file was written)")
	c.Flags().StringVarP(&p.out, "output", "o", "", "write the one region's catalogue to this file (default: to the user's configuration folder)")
	c.Flags().BoolVar(&p.force, "force", false, "overwrite the file of --output if it exists")
	return c
}

// importPrices reads the lists and writes a catalogue for each region.
func (a *app) importPrices(args []string, p pricing) error {
	switch {
	case p.region != "" && !prices.IsRegion(p.region):
		return usagef("--region %s: must be a region's name, such as eu-central-1", clean.Quoted(p.region))
	case p.out == "" && a.configDir == "":
		return usagef("there is no configuration folder to keep prices in: set HOME, or name a file with --output")
	}
	if p.date != "" {
		if _, err := time.Parse("2006-01-02", p.date); err != nil {
			return usagef("--date %s: must be a day, such as 2026-11-01", clean.Quoted(p.date))
		}
	}
	if _, err := os.Lstat(p.out); p.out != "" && err == nil && !p.force {
		return usagef("%s exists; --force overwrites it", clean.Line(p.out))
	}
	all := map[string]*prices.Catalogue{}
	var order []string
	for _, arg := range args {
		a.at.set("reading %s", clean.Line(arg))
		read, err := a.readPrices(arg, p)
		if err != nil {
			return err
		}
		for _, c := range read {
			if all[c.Region] == nil {
				order = append(order, c.Region)
			}
			all[c.Region] = prices.Merge(all[c.Region], c)
		}
	}
	if p.out != "" && len(order) > 1 {
		return usagef("--output %s: the lists hold %d regions (%s ...): choose one with --region", clean.Line(p.out), len(order), order[0])
	}
	for _, region := range order {
		if err := a.keepPrices(all[region], p.out); err != nil {
			return err
		}
	}
	return nil
}

// readPrices reads one list.
func (a *app) readPrices(arg string, p pricing) ([]*prices.Catalogue, error) {
	name, from, date := "stdin", a.stdin, a.now()
	if arg != "-" {
		name = filepath.Base(arg)
		info, err := os.Stat(arg)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usagef("there is no file %s", clean.Line(arg))
		}
		if err == nil {
			err = regular(info)
		}
		if err != nil {
			return nil, usagef("cannot read %s: %w", clean.Line(arg), err)
		}
		f, err := os.Open(arg)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", clean.Line(arg), err)
		}
		defer f.Close() //nolint:errcheck // it was only read
		from, date = f, info.ModTime()
	}
	if p.date == "" {
		p.date = date.UTC().Format("2006-01-02")
	}
	var cut error
	read, err := prices.Read(stoppable{io.NopCloser(from), a.ended, &cut}, prices.Options{Name: clean.Short(name, 80), Region: p.region, Date: p.date})
	switch {
	case cut != nil:
		return nil, cut
	case err != nil:
		return nil, usagef("%s: %w", clean.Line(arg), err)
	}
	return read, nil
}

// keepPrices lays prices upon those that are there, and writes them.
func (a *app) keepPrices(c *prices.Catalogue, out string) error {
	path := out
	if out == "" {
		if err := a.disk.MkdirAll(a.pricesDir()); err != nil {
			return err
		}
		path = filepath.Join(a.pricesDir(), c.Region+".json")
		old, err := a.keptPrices(c.Region)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			fmt.Fprintf(a.stderr, "note: %s is not read, and written anew: %s\n", clean.Line(path), clean.Line(err.Error()))
		default:
			c = prices.Merge(old, c)
		}
	}
	if err := write(a.disk, path, c.Write); err != nil {
		return err
	}
	a.say(fmt.Sprintf("%s: %s, of %s\n", c.Region, inCatalogue(c), c.Date))
	a.say(fmt.Sprintf("wrote %s\n", clean.Line(path)))
	return nil
}

// pricesDir is where imported prices are kept.
func (a *app) pricesDir() string { return filepath.Join(a.configDir, "asgsim", "prices") }

// openPrices opens the imported prices of a region.
func (a *app) openPrices(region string) (io.ReadCloser, string, error) {
	if a.configDir == "" || !prices.IsRegion(region) {
		return nil, "", fs.ErrNotExist
	}
	name := region + ".json"
	f, err := openRegular(a.pricesDir(), name)
	return f, clean.Line(filepath.Join(a.pricesDir(), name)), err
}

func (a *app) keptPrices(region string) (*prices.Catalogue, error) {
	f, _, err := a.openPrices(region)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	c, err := prices.Parse(f)
	if err == nil && c.Region != region {
		err = fmt.Errorf("holds the prices of %s", clean.Line(c.Region))
	}
	return c, err
}

// inCatalogue says what a catalogue holds.
func inCatalogue(c *prices.Catalogue) string {
	demand, committed, spot := 0, 0, 0
	for _, t := range c.Types {
		for _, x := range t.Terms {
			if x.OnDemand > 0 {
				demand++
			}
			committed += len(x.Committed)
			if x.SpotSaving > 0 {
				spot++
			}
		}
	}
	parts := []string{count(len(c.Types), "instance type"), count(demand, "price") + " on demand"}
	for _, more := range []struct {
		is   bool
		text string
	}{
		{committed > 0, fmt.Sprintf("%d of commitments", committed)}, {spot > 0, fmt.Sprintf("%d of Spot", spot)},
		{c.BalancerHour > 0 && c.LCUHour > 0, "load balancers"}, {c.MetricMonth > 0, "metrics"}, {c.Volumes["gp3"] > 0, "EBS volumes"}, {len(c.Credits) > 0, "CPU credits"},
	} {
		if more.is {
			parts = append(parts, more.text)
		}
	}
	return strings.Join(parts, ", ")
}

// listPrices prints which prices there are, and how old they are.
func (a *app) listPrices() error {
	rows := [][]string{{ec2.PricesRegion, ec2.PricesDate, a.age(ec2.PricesDate), fmt.Sprintf("shipped: %d instance types on demand, Linux, shared; load balancers, metrics, EBS volumes, CPU credits", len(ec2.Types()))}}
	if a.configDir != "" {
		files, err := filepath.Glob(filepath.Join(a.pricesDir(), "*.json"))
		if err != nil {
			files = nil // a strange folder holds none
		}
		for _, f := range files {
			region := strings.TrimSuffix(filepath.Base(f), ".json")
			if !prices.IsRegion(region) {
				continue
			}
			c, err := a.keptPrices(region)
			if err != nil {
				rows = append(rows, []string{region, "-", "-", "imported: " + clean.Line(err.Error())})
				continue
			}
			rows = append(rows, []string{region, c.Date, a.age(c.Date), "imported: " + inCatalogue(c)})
		}
	}
	a.say(report.Table(0, []string{"region", "of", "age", "holds"}, rows) + "\n")
	return nil
}

// age is how many days ago a day was.
func (a *app) age(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return "-"
	}
	days := int(a.now().UTC().Sub(t).Hours() / 24)
	if days < 0 {
		return "-"
	}
	return count(days, "day")
}

// importedPrices are those of a region for import; nil where there are none: the scenario
// says its prices itself then.
func (a *app) importedPrices(region string) *prices.Catalogue {
	c, err := a.keptPrices(region)
	if err != nil {
		return nil
	}
	return c
}
